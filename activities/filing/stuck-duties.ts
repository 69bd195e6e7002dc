import { clearCaseAlarm, findAlarmSubjects } from '../../prisma/stores/oversight/matter-alarms.ts'
import type { LockedMatter } from '../../prisma/stores/matter/locked-matter.ts'

/** What an alarm about a duty of a case that leads nowhere is about. */
export function subjectOfDuty(matterId: string, duty: string): string {
  return `${matterId} ${duty}`
}

/**
 * Clears the alarms about duties that are met now, or that the case does not owe any more: a question that led nowhere may
 * be answered to the one that was asked after it, and a closed case asks nothing.
 */
export async function clearStuckDuties({ tx, row, procedure, state, now }: LockedMatter, met?: string): Promise<void> {
  const stillStuck = procedure
    .dutiesOf(state)
    .filter((duty) => duty !== met)
    .map((duty) => subjectOfDuty(row.id, duty))
  for (const subject of await findAlarmSubjects(tx, 'DUTY_STUCK', row.id)) {
    if (stillStuck.includes(subject)) continue
    await clearCaseAlarm(tx, { kind: 'DUTY_STUCK', subject, matterId: row.id, placeId: row.placeId, now })
  }
}
