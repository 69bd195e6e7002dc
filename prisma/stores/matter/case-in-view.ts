import type { Procedure } from '../../../domain/matter/procedure.ts'
import type { CaseEvent } from '../../../domain/procedures/assistance-case/facts.ts'
import type { CaseState } from '../../../domain/procedures/assistance-case/state.ts'
import type { PlainDate } from '../../../domain/time/plain-date.ts'
import type { Programme, ResidenceKind } from '../../../domain/vocabulary.ts'
import type { Matter } from '../../generated/client.ts'
import type { RuleBook } from '../rules/reference-data.ts'

/** An application's row: what the other kinds of matters may leave out is there. */
export type ApplicationRow = Matter & {
  programme: Programme
  residenceKind: ResidenceKind
  memberCount: number
}

/** Where to read: the case, its log and state, the rules, and today. */
export type CaseInView = {
  row: ApplicationRow
  procedure: Procedure
  events: readonly CaseEvent[]
  state: CaseState
  placeChain: string[]
  ruleBook: RuleBook
  today: PlainDate
}
