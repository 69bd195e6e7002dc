import type { Instant, PlainDate } from '../domain/time/plain-date.ts'

/**
 * The hands of the procedure, on one page. Workflows import this as types only. Everything that crosses is ids, codes,
 * fen, days and instants: no name, income or illness enters a history.
 */

/** Where a case stands, as the archive says. The procedure believes this and folds nothing itself. */
export type MatterStatus = {
  version: number
  stage: string
  /** What the procedure owes the case now. */
  duties: string[]
  /** Until time alone changes something; null when nothing is due. */
  wakeAfterMs: number | null
  /** Nobody has acted on it yet, and no workflow need carry it. */
  dormant?: true
}

/** What became of an act. `BEHIND` names what the procedure had not heard of; it catches up and files again. */
export type FilingAnswer =
  | { outcome: 'FILED' | 'ALREADY_FILED'; standing: MatterStatus }
  | { outcome: 'REFUSED'; code: string; standing: MatterStatus }
  | { outcome: 'BEHIND'; missing: { seq: number; type: string }[]; standing: MatterStatus }

/** The database did not answer in time: it may or may not have been filed, and the queue will find out. */
export type NotNow = { outcome: 'NOT_NOW' }

/** As a local activity a filing answers within seconds, whatever the database does; queued it goes on until it is filed. */
export type InPlace<Filing> = {
  [Name in keyof Filing]: Filing[Name] extends (input: infer Input) => Promise<infer Answer>
    ? (input: Input) => Promise<Answer | NotNow>
    : never
}

/** Short acts on the archive; each is one transaction. */
export type FilingActivities = {
  /** Files what a request asks for, under the case's lock, or refuses it by name. */
  fileAct: (input: {
    caseId: string
    officerId: string
    requestId: string
    knownVersion: number
  }) => Promise<FilingAnswer>
  /** Takes what arrived, records what time brought, and says where the case stands. */
  lookAtCase: (input: { caseId: string }) => Promise<MatterStatus>
}

/** Questions to the matching centre. */
export type MatchingActivities = {
  requestMatching: (input: { caseId: string }) => Promise<MatterStatus>
  askMatchingCentre: (input: { caseId: string }) => Promise<MatterStatus>
}

/** Orders and questions to the bank. */
export type PaymentActivities = {
  /** Asks whether name and number of an account that was put right belong together. */
  checkAccount: (input: { caseId: string }) => Promise<MatterStatus>
  sendPayment: (input: { caseId: string }) => Promise<MatterStatus>
  askBank: (input: { caseId: string }) => Promise<MatterStatus>
}

/** A new calendar's way through the open due dates. */
export type RedatingActivities = {
  /** Marks which transactions may still count by the calendar before. */
  markRedating: (input: { redatingId: string }) => Promise<string>
  /** Moves the due dates of the next cases; `after` is where to go on, null at the end. */
  redateCases: (input: { redatingId: string; after: string | null }) => Promise<RedatedCases>
  /** False while a running limit still bears another calendar, or a transaction may still write one that does. */
  finishRedating: (input: { redatingId: string; mark: string; missed: number }) => Promise<boolean>
  /** The next cases of which a due date moved earlier, soonest first. */
  listMovedEarlier: (input: {
    redatingId: string
    after: MovedEarlier | null
  }) => Promise<{ cases: MovedEarlier[]; after: MovedEarlier | null }>
}

/** `moved` due dates; `missed` cases in which a limit had passed before the calendar came. */
export type RedatedCases = { after: string | null; moved: number; missed: number }

export type MovedEarlier = { toDueAt: Instant; caseId: string }

/** What is done once on every day; each step may be done twice. */
export type DailyRoundActivities = {
  /** Tasks that name who left a post name who took it over. */
  passOnTasks: (input: { day: PlainDate }) => Promise<void>
  /** Alarms for posts that nobody fills and steps that nobody may take, by the people of the day. */
  checkDesks: (input: { day: PlainDate }) => Promise<void>
  recordForecasts: (input: { day: PlainDate }) => Promise<void>
  issueDueBulletins: (input: { day: PlainDate }) => Promise<void>
  finishRound: (input: { day: PlainDate }) => Promise<void>
}

export type Activities = InPlace<FilingActivities> &
  MatchingActivities &
  PaymentActivities &
  RedatingActivities &
  DailyRoundActivities
