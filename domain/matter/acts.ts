import type { PlainDate } from '../time/plain-date.ts'
import type { RiskMark, Role, WaitedForParty } from '../vocabulary.ts'
import type { LimitKey } from './limit-keys.ts'

/** Acts that every matter knows, whatever its procedure: waiting for somebody, and watching over it. */
export const commonActs = [
  'AWAIT',
  'END_WAITING',
  'MARK_RISK',
  'ASSIGN',
  'URGE',
  'ISSUE_ORDER',
  'ANSWER_ORDER',
  'CLOSE_ORDER',
] as const
export type CommonAct = (typeof commonActs)[number]

/** What each of them says beyond its name: ids, codes and days only. */
export type CommonDetails = {
  AWAIT: { waitsFor: WaitedForParty; throughDay: PlainDate }
  END_WAITING: Record<never, never>
  MARK_RISK: { mark: RiskMark }
  ASSIGN: { role: Role; officerId: string }
  URGE: { limit: LimitKey; run: number }
  ISSUE_ORDER: { limit: LimitKey; run: number; officeId: string }
  ANSWER_ORDER: Record<never, never>
  CLOSE_ORDER: Record<never, never>
}

/** What every command says, whatever is asked for. */
export type Asked = {
  requestId: string
  /** The version of the matter that the officer saw when deciding. */
  versionSeen: number
  /** The day in life on which it happened; limits run from it. */
  occurredOn: PlainDate
  /** One row of many ticked at once: decided only if nothing at all has changed since it was shown. */
  inBulk?: true
}

/** An act asked for by a person, with what it says beyond its name. */
export type CommandOf<Details> = { [A in keyof Details]: { action: A; details: Details[A] } }[keyof Details] & Asked

/** An act of whatever procedure. */
export type Command = { action: string; details: object } & Asked

export type CommonCommand = CommandOf<CommonDetails>
