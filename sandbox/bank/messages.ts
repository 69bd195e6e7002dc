import { z } from 'zod'
import { accountNumber, reference, text, wholeFen } from '../shared/nouns.ts'

/** Why a bank sends money back. */
export const returnReasons = [
  'NAME_MISMATCH',
  'ACCOUNT_CLOSED',
  'FROZEN',
  'INVALID_NUMBER',
  'DORMANT',
  'DECEASED',
  'OTHER',
] as const
export type ReturnReason = (typeof returnReasons)[number]

/** An instruction to credit one account once. */
export const Instruction = z.strictObject({
  instructionId: reference,
  account: accountNumber,
  holderName: text(200),
  amountFen: wholeFen.positive(),
  currency: z.literal('CNY'),
  purpose: text(200),
  reference: text(200),
})
export type Instruction = z.infer<typeof Instruction>

/** A question whether a name and a number belong together. */
export const AccountCheck = z.strictObject({
  account: z.string().min(1).max(64),
  holderName: z.string().min(1).max(200),
})
export type AccountCheck = z.infer<typeof AccountCheck>
export type AccountCheckResult = 'MATCHES' | 'NAME_MISMATCH' | 'NO_SUCH_ACCOUNT' | 'NOT_USABLE'

/** News of one instruction, posted to the customer. */
export type InstructionCallback =
  | { callbackId: string; instructionId: string; state: 'PAID'; settledAt: string }
  | { callbackId: string; instructionId: string; state: 'RETURNED'; reason: ReturnReason; settledAt: string }
