import { addMs, type Instant, type PlainDate } from '../time/plain-date.ts'
import type { StaffProposalKind } from '../vocabulary.ts'
import { StaffRefused } from './staff-refusals.ts'

/** What is proposed, by kind. A kind that joins brings its content here, and the hands that do it to the archive. */
export type StaffChange =
  | { kind: 'GIVE_POST'; postId: string; officerId: string; fromOn?: PlainDate | undefined }
  | { kind: 'END_POST'; postId: string; officerId: string; lastDay?: PlainDate | undefined }
  | { kind: 'DISABLE_OFFICER'; officerId: string }
  | { kind: 'ENABLE_OFFICER'; officerId: string }
  | NewOfficer
  /** For an account on which nobody has chosen a password yet. */
  | { kind: 'NEW_FIRST_PASSWORD'; officerId: string }
  /** For an officer who has forgotten the password that they chose. */
  | { kind: 'RESET_PASSWORD'; officerId: string }
  /** The look-up value of the identity number, in hexadecimal; never the number. */
  | { kind: 'RECORD_IDENTITY'; officerId: string; identityIndex: string }

/** An account that is to be made, by the id that it is to have; its person by the look-up value of their identity. */
export type NewOfficer = {
  kind: 'NEW_OFFICER'
  officerId: string
  staffNumber: string
  name: string
  identityIndex: string
}

/** How long a proposal can be agreed to. */
const openForMs = 14 * 24 * 3_600_000

export function expiryOf(proposedAt: Instant): Instant {
  return addMs(proposedAt, openForMs)
}

/** Whom a change gives something to: they sign nothing about it. Nobody gains by an end. */
export function gainerOf({ kind, officerId }: Pick<StaffChange, 'kind' | 'officerId'>): string | null {
  return gives[kind] ? officerId : null
}

const gives = {
  GIVE_POST: true,
  END_POST: false,
  DISABLE_OFFICER: false,
  ENABLE_OFFICER: true,
  RECORD_IDENTITY: true,
  NEW_OFFICER: true,
  NEW_FIRST_PASSWORD: true,
  RESET_PASSWORD: true,
} as const satisfies Record<StaffProposalKind, boolean>

/**
 * Whether a change takes two administrators where there are to be two. Disabling an account cannot wait, but that of an
 * administrator can: one could otherwise be rid of the other.
 */
export function takesTwo(kind: StaffProposalKind, { ofAdministrator }: { ofAdministrator: boolean }): boolean {
  return kind !== 'DISABLE_OFFICER' || ofAdministrator
}

/** How far a proposal has come. */
export type ProposalStanding = { expiresAt: Instant; done: boolean; withdrawn: boolean; proposerInOffice: boolean }

/** Why a proposal cannot be agreed to any more, or null. */
export function refuseAgreeing(standing: ProposalStanding, now: Instant): StaffRefused | null {
  const closed = refuseWithdrawing(standing)
  if (closed !== null) return closed
  if (now > standing.expiresAt) return new StaffRefused('proposalExpired')
  return standing.proposerInOffice ? null : new StaffRefused('proposerGone')
}

/** Why a proposal cannot be withdrawn, or null. */
export function refuseWithdrawing({
  done,
  withdrawn,
}: Pick<ProposalStanding, 'done' | 'withdrawn'>): StaffRefused | null {
  if (done) return new StaffRefused('proposalDone')
  return withdrawn ? new StaffRefused('proposalWithdrawn') : null
}
