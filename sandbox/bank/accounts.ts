import { z } from 'zod'
import { accountNumber, text } from '../shared/nouns.ts'
import {
  type AccountCheck,
  type AccountCheckResult,
  type Instruction,
  type ReturnReason,
  returnReasons,
} from './messages.ts'

/** How an account behaves when it is credited. HELD stays accepted until the behaviour is changed. */
export const AccountBehaviour = z.strictObject({
  outcome: z.enum(['PAID', 'RETURNED', 'PAID_THEN_RETURNED', 'HELD']).default('PAID'),
  reason: z.enum(returnReasons).default('OTHER'),
  holderName: text(200).optional(),
})
export type AccountBehaviour = z.infer<typeof AccountBehaviour>

/** The accounts file: behaviour by account number. */
export const AccountsFile = z.record(accountNumber, AccountBehaviour)

/** What becomes of an instruction when it is due. */
export type Outcome =
  | { kind: 'paid'; thenReturned: ReturnReason | undefined }
  | { kind: 'returned'; reason: ReturnReason }
  | { kind: 'held' }

/** Decides an instruction by the account it names; an account nobody described is in order. */
export function decideOutcome(instruction: Instruction, behaviour: AccountBehaviour | undefined): Outcome {
  if (behaviour === undefined) return { kind: 'paid', thenReturned: undefined }
  const { outcome, reason, holderName } = behaviour
  if (holderName !== undefined && holderName !== instruction.holderName) {
    return { kind: 'returned', reason: 'NAME_MISMATCH' }
  }
  if (outcome === 'HELD') return { kind: 'held' }
  if (outcome === 'RETURNED') return { kind: 'returned', reason }
  return { kind: 'paid', thenReturned: outcome === 'PAID_THEN_RETURNED' ? reason : undefined }
}

/** What the bank says beforehand of a name and a number; an account nobody described is in order under any name. */
export function checkAccount(
  { holderName }: AccountCheck,
  behaviour: AccountBehaviour | undefined,
): AccountCheckResult {
  if (behaviour === undefined) return 'MATCHES'
  if (behaviour.holderName !== undefined && behaviour.holderName !== holderName) return 'NAME_MISMATCH'
  return behaviour.outcome === 'RETURNED' ? checkResultOf[behaviour.reason] : 'MATCHES'
}

const checkResultOf = {
  NAME_MISMATCH: 'NAME_MISMATCH',
  INVALID_NUMBER: 'NO_SUCH_ACCOUNT',
  ACCOUNT_CLOSED: 'NO_SUCH_ACCOUNT',
  FROZEN: 'NOT_USABLE',
  DORMANT: 'NOT_USABLE',
  DECEASED: 'NOT_USABLE',
  OTHER: 'NOT_USABLE',
} as const satisfies Record<ReturnReason, AccountCheckResult>
