import { z } from 'zod'
import { instantAsSent, outsideId, outsideText } from '../../domain/schemas/nouns.ts'
import { type ReturnReason, returnReasons } from '../../domain/vocabulary.ts'

const common = { callbackId: outsideId, instructionId: outsideId, settledAt: instantAsSent }

/** News of one payment instruction, from docs/contracts/bank.openapi.yaml. `reason` is the bank's own word. */
export const BankCallback = z.discriminatedUnion('state', [
  z.object({ ...common, state: z.literal('PAID') }),
  z.object({ ...common, state: z.literal('RETURNED'), reason: outsideText }),
])
export type BankCallback = z.infer<typeof BankCallback>

/** Why the bank sent money back. A word that this version does not know is still a return, and someone looks at it. */
export function knownReturnReason(word: string): ReturnReason | null {
  return returnReasons.find((reason) => reason === word) ?? null
}
