import { z } from 'zod'
import { incomeKinds, matchingSources, propertyKinds, sourceAnswers } from '../../domain/vocabulary.ts'

const common = { personRef: z.string().min(1), description: z.string(), observedOn: z.iso.date() }
const wholeFen = z.int().nonnegative()

/** One fact that a register holds about a person. */
export const MatchingItem = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('INCOME'), incomeKind: z.enum(incomeKinds), monthlyFen: wholeFen }),
  z.object({ ...common, kind: z.literal('PROPERTY'), propertyKind: z.enum(propertyKinds), valueFen: wholeFen }),
  z.object({ ...common, kind: z.literal('CIVIL_STATUS') }),
])
export type MatchingItem = z.infer<typeof MatchingItem>

/**
 * The answer of one source, from docs/contracts/matching-centre.openapi.yaml. A source may answer again: the answer
 * with the later `answeredAt` holds.
 */
export const MatchingCallback = z
  .object({
    callbackId: z.string().min(1),
    requestId: z.string().min(1),
    source: z.enum(matchingSources),
    answer: z.enum(sourceAnswers),
    items: z.array(MatchingItem),
    answeredAt: z.iso.datetime({ offset: true }),
    validUntil: z.iso.date(),
  })
  .refine(({ answer, items }) => (answer === 'FOUND') === items.length > 0, {
    message: 'FOUND comes with items, NONE_FOUND and NO_ANSWER without',
    path: ['items'],
  })
export type MatchingCallback = z.infer<typeof MatchingCallback>
