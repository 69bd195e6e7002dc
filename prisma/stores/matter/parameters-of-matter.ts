import { expiredSources } from '../../../domain/procedures/assistance-case/state.ts'
import type { MatterState } from '../../../domain/matter/state.ts'
import type { ParametersInForce } from '../../../domain/policy/parameters-in-force.ts'
import type { PlainDate } from '../../../domain/time/plain-date.ts'
import type { MatchingSource } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import type { Matter } from '../../generated/client.ts'
import type { CaseInView } from './case-in-view.ts'
import { readMatchedFacts } from '../household/matching.ts'

type View = Pick<CaseInView, 'procedure' | 'placeChain' | 'ruleBook'> & {
  row: Pick<Matter, 'programme' | 'residenceKind'>
  state: MatterState
}

/**
 * The parameters that a case's own days pick.
 * @param on the day in life of the act that is judged or written; today for what the clock asks.
 */
export function parametersOfCase(
  { row, procedure, state, placeChain, ruleBook }: View,
  on: PlainDate,
): ParametersInForce {
  const { programme, residenceKind } = row
  return ruleBook.parametersFor({ placeChain, programme, residenceKind, on, dates: procedure.datesOf(state, on) })
}

/** Sources of a case whose answer may not be relied on any more on a day. */
export async function readExpiredSources(
  db: Db,
  view: View & Pick<CaseInView, 'state'>,
  on: PlainDate,
): Promise<MatchingSource[]> {
  const factIds = (view.state.matching?.answers ?? []).flatMap((word) => word.factIds)
  const facts = await readMatchedFacts(db, factIds)
  const validUntil = new Map(facts.map((fact) => [fact.factId, fact.validUntil]))
  const shelfLifeDays = parametersOfCase(view, on).matchingShelfLifeDays()
  return expiredSources(view.state, { on, shelfLifeDays, validUntil })
}
