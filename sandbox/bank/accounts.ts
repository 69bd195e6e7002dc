import { z } from 'zod'
import { accountNumber, text } from '../shared/nouns.ts'
import { type Instruction, type ReturnReason, returnReasons } from './messages.ts'

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
