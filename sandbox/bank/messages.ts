import { z } from 'zod'

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
  instructionId: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/),
  account: z.string().min(1).max(64),
  holderName: z.string().min(1).max(200),
  amountFen: z.int().positive(),
  currency: z.literal('CNY'),
  purpose: z.string().min(1).max(200),
  reference: z.string().min(1).max(200),
})
export type Instruction = z.infer<typeof Instruction>

/** News of one instruction, posted to the customer. */
export type InstructionCallback =
  | { callbackId: string; instructionId: string; state: 'PAID'; settledAt: string }
  | { callbackId: string; instructionId: string; state: 'RETURNED'; reason: ReturnReason; settledAt: string }
