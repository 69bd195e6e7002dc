import { z } from '../../domain/schemas/zod.ts'
import { holdReasons } from '../../domain/vocabulary.ts'
import { fen, id } from '../http/nouns.ts'

/**
 * An account in full, as whoever releases a payment, or agrees to an account that was put right, looks at it. Each look is
 * audited. `seenDigest` goes back with the release; `differs` says why it will be refused.
 */
export const PayeeView = z
  .object({
    accountId: id,
    holderName: z.string(),
    bankName: z.string(),
    accountNumber: z.string(),
    payment: z
      .object({
        instructionId: z.string(),
        month: z.string(),
        amountFen: fen,
        seenDigest: z.string(),
        differs: z.array(z.object({ reason: z.enum(holdReasons), label: z.string() })),
      })
      .nullable(),
  })
  .meta({ id: 'Payee' })
export type PayeeView = z.infer<typeof PayeeView>
