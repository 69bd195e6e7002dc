import type { Circumstances } from '../../domain/case/circumstances.ts'
import type { Db } from '../client.ts'
import type { AssistanceCase } from '../generated/client.ts'

/** Whether somebody of this household is already in another open case or benefit of the programme. */
export async function findMemberConflict(db: Db, row: AssistanceCase): Promise<Circumstances['memberConflict']> {
  const members = await db.casePerson.findMany({ where: { caseId: row.id }, select: { personId: true } })
  const personId = { in: members.map((member) => member.personId) }
  const { programme } = row
  if ((await db.casePerson.count({ where: { personId, programme, open: true, caseId: { not: row.id } } })) > 0) {
    return 'memberInAnotherOpenCase'
  }
  return (await db.benefitMember.count({ where: { personId, programme, active: true } })) > 0
    ? 'memberAlreadyInBenefit'
    : null
}
