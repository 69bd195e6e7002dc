import { excludedBy } from '../../domain/policy/exclusions.ts'
import type { PlainDate } from '../../domain/time/plain-date.ts'
import type { Db } from '../client.ts'
import type { AssistanceCase } from '../generated/client.ts'

/**
 * Whether somebody who counts in this household counts already in another open case or benefit that excludes this one on the day of the act. Who is only
 * listed, here or there, is in nobody's way (57 Art. 7).
 */
export async function findMemberConflict(
  db: Db,
  { id, programme }: Pick<AssistanceCase, 'id' | 'programme'>,
  { counted, on }: { counted: readonly string[]; on: PlainDate },
): Promise<'memberInAnotherOpenCase' | 'memberAlreadyInBenefit' | null> {
  const personId = { in: [...counted] }
  const programmes = { in: excludedBy(programme, on) }
  const elsewhere = { personId, programme: programmes, open: true, counts: true, caseId: { not: id } }
  if ((await db.casePerson.count({ where: elsewhere })) > 0) return 'memberInAnotherOpenCase'
  return (await db.benefitMember.count({ where: { personId, programme: programmes, active: true } })) > 0
    ? 'memberAlreadyInBenefit'
    : null
}

/** Who counts in a case as its first application says. */
export async function findWhoCounts(db: Db, caseId: string): Promise<string[]> {
  const rows = await db.casePerson.findMany({ where: { caseId, counts: true }, select: { personId: true } })
  return rows.map(({ personId }) => personId)
}

/** Who was taken off counts no more, and may apply elsewhere. */
export async function takeOff(db: Db, caseId: string, personId: string): Promise<void> {
  await db.casePerson.updateMany({ where: { caseId, personId }, data: { counts: false } })
}

/** Writes down who counts by the application that holds now. The caller has made sure that nobody counts elsewhere. */
export async function noteWhoCounts(db: Db, caseId: string, countedPersonIds: readonly string[]): Promise<void> {
  const counted = [...countedPersonIds]
  await db.casePerson.updateMany({
    where: { caseId, personId: { notIn: counted }, counts: true },
    data: { counts: false },
  })
  await db.casePerson.updateMany({
    where: { caseId, personId: { in: counted }, counts: false },
    data: { counts: true },
  })
}
