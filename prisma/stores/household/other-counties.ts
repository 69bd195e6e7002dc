import type { ActingOfficer } from '../../../domain/matter/circumstances.ts'
import type { Refusal } from '../../../domain/matter/refusals.ts'
import { refuse } from '../../../domain/procedures/assistance-case/refusals.ts'
import { excludedBy } from '../../../domain/policy/exclusions.ts'
import type { PlainDate } from '../../../domain/time/plain-date.ts'
import type { Archive, Db } from '../../client.ts'
import type { ApplicationRow } from '../matter/case-in-view.ts'
import { lookUpValuesSql } from '../system/look-up-values.ts'
import { identityIndexesOf } from './persons.ts'

/**
 * Whether somebody who counts in this household counts in another county where the two exclude each other. The database
 * answers with the office and the kind, nothing else, and writes down who asked; until this transaction ends nobody else
 * gets an answer about the same persons.
 */
export async function findInOtherCounty(
  archive: Pick<Archive, 'cipher'> & { db: Db },
  { id, programme }: Pick<ApplicationRow, 'id' | 'programme'>,
  { officer, counted, on }: { officer: ActingOfficer; counted: readonly string[]; on: PlainDate },
): Promise<Refusal | null> {
  const { officerId, officeId, role } = officer
  const numberIndexes = lookUpValuesSql(await identityIndexesOf(archive, counted))
  const [found] = await archive.db.$queryRaw<{ office: string; kind: 'BENEFIT' | 'OPEN_CASE' }[]>`
    SELECT office, kind FROM counted_in_other_county(
      ${id}, ${officerId}, ${officeId}, ${role},
      ${numberIndexes}, ${excludedBy(programme, on)}::text[])`
  if (found === undefined) return null
  const { office, kind } = found
  return refuse(kind === 'BENEFIT' ? 'memberInBenefitOfOtherCounty' : 'memberInCaseOfOtherCounty', { office })
}
