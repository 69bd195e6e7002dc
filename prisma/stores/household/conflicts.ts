import { excludedBy } from '../../../domain/policy/exclusions.ts'
import type { PlainDate } from '../../../domain/time/plain-date.ts'
import type { Db } from '../../client.ts'
import type { ApplicationRow } from '../matter/case-in-view.ts'

/**
 * Whether somebody who counts in this household counts already in another open case or benefit that excludes this one on the day of the act. Who is only
 * listed, here or there, is in nobody's way (57 Art. 7).
 */
export async function findMemberConflict(
  db: Db,
  { id, programme }: Pick<ApplicationRow, 'id' | 'programme'>,
  { counted, on }: { counted: readonly string[]; on: PlainDate },
): Promise<'memberInAnotherOpenCase' | 'memberAlreadyInBenefit' | null> {
  const personId = { in: [...counted] }
  const programmes = { in: excludedBy(programme, on) }
  const elsewhere = { personId, programme: programmes, open: true, counts: true, matterId: { not: id } }
  if ((await db.matterPerson.count({ where: elsewhere })) > 0) return 'memberInAnotherOpenCase'
  return (await db.benefitMember.count({ where: { personId, programme: programmes, active: true } })) > 0
    ? 'memberAlreadyInBenefit'
    : null
}

/** Who counts in a case as its first application says. */
export async function findWhoCounts(db: Db, matterId: string): Promise<string[]> {
  const rows = await db.matterPerson.findMany({ where: { matterId, counts: true }, select: { personId: true } })
  return rows.map(({ personId }) => personId)
}

/** Who was taken off counts no more, and may apply elsewhere. */
export async function takeOff(db: Db, matterId: string, personId: string): Promise<void> {
  await db.matterPerson.updateMany({ where: { matterId, personId }, data: { counts: false } })
}

/** Writes down who counts by the application that holds now. The caller has made sure that nobody counts elsewhere. */
export async function noteWhoCounts(db: Db, matterId: string, countedPersonIds: readonly string[]): Promise<void> {
  const counted = [...countedPersonIds]
  await db.matterPerson.updateMany({
    where: { matterId, personId: { notIn: counted }, counts: true },
    data: { counts: false },
  })
  await db.matterPerson.updateMany({
    where: { matterId, personId: { in: counted }, counts: false },
    data: { counts: true },
  })
}
