import type { ParametersInForce } from '../policy/parameters-in-force.ts'
import type { DateChoice, LimitParameterKey } from '../policy/parameters.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { MatterKind, WaitedForParty } from '../vocabulary.ts'
import type { Command, CommandOf, CommonAct, CommonDetails } from './acts.ts'
import type { Circumstances } from './circumstances.ts'
import type { StageOf } from './course.ts'
import type { Desk } from './desk.ts'
import type { CommonFacts, EventOf, Fact, FactOf, MatterEvent } from './facts.ts'
import type { Limit } from './limit.ts'
import type { LimitKey } from './limit-keys.ts'
import type { Permission } from './permission.ts'
import type { Refusal } from './refusals.ts'
import type { MatterState } from './state.ts'

/**
 * The words of one procedure: where a matter stands and how it ends, what happens to it and what may be done to it (each
 * with what it says), what the procedure owes it, what it adds to the state, and what its rules ask the database for.
 */
export interface Words {
  stage: string
  outcome: string
  facts: object
  details: object
  duty: string
  own: object
  circumstances: object
}

export type StateOf<W extends Words> = MatterState<W['stage'], W['outcome']> & W['own']
export type ActOf<W extends Words> = keyof W['details'] & string
type CommandIn<W extends Words> = CommandOf<W['details'] & CommonDetails>
type CircumstancesIn<W extends Words> = Circumstances & W['circumstances']

/** What a rule answers: the fact to file, or why not. */
export type VerdictOf<W extends Words> = FactOf<W['facts'] & CommonFacts> | Refusal

/**
 * One procedure as it is written: every stage, fact and act of its words has its line, or it does not compile. A field is
 * here only because two procedures answer it differently.
 */
export type Written<W extends Words> = {
  kind: MatterKind
  /** Under which rules its facts are filed; each event keeps it. */
  version: string
  /** The act that opens a matter. */
  opening: Permission<ActOf<W>>
  blank: StateOf<W>
  /** Stage by stage: what happens, who may do what, which limits run, and where it goes from there. */
  course: { [S in W['stage']]: StageOf<ActOf<W> | CommonAct, keyof W['facts'] & string, W['stage'], StateOf<W>> }
  steps: { [F in keyof W['facts']]: (state: StateOf<W>, event: EventOf<Pick<W['facts'], F>>) => StateOf<W> }
  /** What reaches a matter from outside or by the clock: an act may have happened before it and be typed in after. */
  news: readonly (keyof W['facts'])[]
  /** News that changes nothing about what an officer was looking at. */
  immaterial: readonly (keyof W['facts'])[]
  rules: {
    [A in ActOf<W>]: (command: CommandIn<W>, state: StateOf<W>, circumstances: CircumstancesIn<W>) => VerdictOf<W>
  }
  /** Acts that may be done on many ticked matters at once; one that is not named here is never done in bulk. */
  inBulk: Partial<Record<ActOf<W> | CommonAct, 'WATCHING' | 'DECISION'>>
  limits: Partial<Record<LimitKey, LimitOf<StateOf<W>>>>
  /** What of its state the lengths of its limits hang on: when one of these changes, they are counted anew. */
  lengthsHangOn: (state: StateOf<W>) => readonly (string | boolean | null)[]
  /** On which desks it lies: every stage but the last lies on at least one, so that nothing is without someone. */
  desksOf: (state: StateOf<W>) => readonly Desk[]
  /** What the procedure owes beyond what people do, in the order in which it is met. */
  dutiesOf: (state: StateOf<W>) => readonly W['duty'][]
  /** Whom the course of the matter itself waits for. */
  waitedFor: (state: StateOf<W>) => WaitedForParty | null
  /** Which day of the matter picks the row of a parameter. */
  datesOf: (state: StateOf<W>, on: PlainDate) => Record<DateChoice, PlainDate>
  /** Whether finance has to do with it, now or because it granted something. */
  forFinance: (state: StateOf<W>) => boolean
  /** What stands in the way of acts that the stage allows, as far as it is known before their forms are filled in. */
  hindrances: (state: StateOf<W>, actor: { officerId: string; today: PlainDate }) => Partial<Record<ActOf<W>, Refusal>>
  /** Acts that are not even shown while something stands in their way. */
  hiddenWhenHindered: readonly ActOf<W>[]
}

/** How long a limit is, and the fact that its passing makes by itself, where it makes one. */
export type LimitOf<State> = {
  /** The dated rows that state it. */
  statedBy: readonly LimitParameterKey[]
  length: (state: State, parameters: ParametersInForce) => Limit
  /** A period that only has to pass is no limit to breach: it ends as this fact. */
  endsAs?: (state: State) => Fact
}

/** A procedure of whatever words, as filing, lists and boards deal with it. */
export type Procedure = {
  kind: MatterKind
  version: string
  opening: Permission<string, MatterState>
  blank: MatterState
  course: Readonly<Record<string, StageOf<string, string, string, MatterState>>>
  steps: Readonly<Record<string, (state: MatterState, event: MatterEvent) => MatterState>>
  news: readonly string[]
  immaterial: readonly string[]
  rules: Readonly<
    Record<string, (command: Command, state: MatterState, circumstances: Circumstances) => Fact | Refusal>
  >
  inBulk: Readonly<Partial<Record<string, 'WATCHING' | 'DECISION'>>>
  limits: Partial<Record<LimitKey, LimitOf<MatterState>>>
  lengthsHangOn: (state: MatterState) => readonly (string | boolean | null)[]
  desksOf: (state: MatterState) => readonly Desk[]
  dutiesOf: (state: MatterState) => readonly string[]
  waitedFor: (state: MatterState) => WaitedForParty | null
  datesOf: (state: MatterState, on: PlainDate) => Record<DateChoice, PlainDate>
  forFinance: (state: MatterState) => boolean
  hindrances: (
    state: MatterState,
    actor: { officerId: string; today: PlainDate },
  ) => Readonly<Partial<Record<string, Refusal>>>
  hiddenWhenHindered: readonly string[]
}

/**
 * Lets go of the words of a procedure. What comes out of its steps goes only into its own rules and tables again: whoever
 * holds a matter picks the procedure by the kind that its row bears.
 */
export function procedure<W extends Words>(written: Written<W>): Procedure {
  return written as unknown as Procedure
}
