import type { PlainDate } from '../time/plain-date.ts'
import type { RiskMark, Role, SupervisionRung, WaitedForParty } from '../vocabulary.ts'
import type { LimitKey, PausableLimit } from './limit-keys.ts'

/** One run of a limit: a matter that comes back starts a new run of the same limit. */
export type LimitRun = { limit: LimitKey; run: number; startedOn: PlainDate; stoppedOn: PlainDate | null }

/** For whom the matter waited, from the day after `from` until the end of `through`; no end yet when that is null. */
export type Wait = {
  waitsFor: WaitedForParty
  from: PlainDate
  through: PlainDate | null
  pausedLimits: PausableLimit[]
  /** Said by an officer, and not by the course of the matter. */
  registered: boolean
}

/** The supervision order (督办单) that is open, and the office that owes an answer. */
export type OpenOrder = {
  orderId: string
  number: number
  officeId: string
  issuedAs: Role
  answered: boolean
}

/** What the log of a matter adds up to, whatever its procedure. Derived, never stored as truth. */
export type MatterState<Stage extends string = string, Outcome extends string = string> = {
  version: number
  stage: Stage | 'CLOSED'
  outcome: Outcome | null
  limits: LimitRun[]
  breached: { limit: LimitKey; run: number }[]
  /** Rungs of the ladder that each run of a limit has seen. */
  climbed: { limit: LimitKey; run: number; rung: SupervisionRung }[]
  urged: { limit: LimitKey; run: number }[]
  waits: Wait[]
  riskMarks: RiskMark[]
  /** Who of a desk was named to act; whoever else fills the post may act all the same. */
  assignees: { role: Role; officerId: string }[]
  order: OpenOrder | null
  ordersIssued: number
  /** The day of the last act, as it happened in life; news and clocks do not count. */
  lastActOn: PlainDate | null
}

/** A matter of which nothing is filed yet. */
export function blankMatter<Stage extends string>(opensAt: Stage): MatterState<Stage, never> {
  return {
    version: 0,
    stage: opensAt,
    outcome: null,
    limits: [],
    breached: [],
    climbed: [],
    urged: [],
    waits: [],
    riskMarks: [],
    assignees: [],
    order: null,
    ordersIssued: 0,
    lastActOn: null,
  }
}

/** True while someone, or something, still has to act. */
export function isOpen({ stage }: MatterState): boolean {
  return stage !== 'CLOSED'
}

/** The wait that an officer registered and that is not over yet on a day. */
export function registeredWait({ waits }: MatterState, on: PlainDate): Wait | undefined {
  return waits.find((wait) => isRegistered(wait, on))
}

export function isRegistered({ registered, from, through }: Wait, on: PlainDate): boolean {
  return registered && from <= on && through !== null && through > on
}

/** Limits begin to run from a day, each as a new run of its own. */
export function start<State extends MatterState>(state: State, startedOn: PlainDate, ...limits: LimitKey[]): State {
  const runs = limits.map((limit) => ({
    limit,
    run: state.limits.filter((known) => known.limit === limit).length + 1,
    startedOn,
    stoppedOn: null,
  }))
  return { ...state, limits: [...state.limits, ...runs] }
}

export function stop<State extends MatterState>(state: State, stoppedOn: PlainDate, ...limits: LimitKey[]): State {
  const stopped = state.limits.map((run) =>
    run.stoppedOn === null && limits.includes(run.limit) ? { ...run, stoppedOn } : run,
  )
  return { ...state, limits: stopped }
}

/** Closed is closed: nothing runs on, and no order waits for an answer. */
export function close<State extends MatterState>(state: State, outcome: State['outcome'], on: PlainDate): State {
  const limits = state.limits.map((run) => (run.stoppedOn === null ? { ...run, stoppedOn: on } : run))
  return { ...state, stage: 'CLOSED', outcome, limits, order: null }
}

/** The desk asks for another part in the matter now: whoever was named took the one before. */
export function withoutAssignee<State extends MatterState>(state: State, role: Role): State {
  return state.assignees.some((named) => named.role === role)
    ? { ...state, assignees: state.assignees.filter((named) => named.role !== role) }
    : state
}
