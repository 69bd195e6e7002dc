import { z } from 'zod'
import { instantAsSent, outsideId } from '../../domain/schemas/nouns.ts'
import { returnReasons } from '../../domain/vocabulary.ts'

/** Why the bank sent money back. A word that this version does not know is still a return, and someone looks at it. */
export const BankReturnReason = z.enum(returnReasons).catch('OTHER')

const common = {
  callbackId: outsideId,
  instructionId: outsideId,
  settledAt: instantAsSent,
}

/** News of one payment instruction, from docs/contracts/bank.openapi.yaml. */
export const BankCallback = z.discriminatedUnion('state', [
  z.object({ ...common, state: z.literal('PAID') }),
  z.object({ ...common, state: z.literal('RETURNED'), reason: BankReturnReason }),
])
export type BankCallback = z.infer<typeof BankCallback>
