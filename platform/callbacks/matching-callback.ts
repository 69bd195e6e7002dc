import { z } from 'zod'
import { isWithinMostInAll } from '../../domain/money.ts'
import {
  fenAmount,
  fenInAllFaultSentence,
  instantAsSent,
  outsideId,
  outsideText,
  plainDate,
  recordId,
} from '../../domain/schemas/nouns.ts'
import { incomeKinds, matchingSources, propertyKinds, sourceAnswers } from '../../domain/vocabulary.ts'

const common = { personRef: recordId, description: outsideText, observedOn: plainDate }

/** One fact that a register holds about a person. */
export const MatchingItem = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('INCOME'), incomeKind: z.enum(incomeKinds), monthlyFen: fenAmount }),
  z.object({ ...common, kind: z.literal('PROPERTY'), propertyKind: z.enum(propertyKinds), valueFen: fenAmount }),
  z.object({ ...common, kind: z.literal('CIVIL_STATUS') }),
])
export type MatchingItem = z.infer<typeof MatchingItem>

/**
 * The answer of one source, from docs/contracts/matching-centre.openapi.yaml. A source may answer again: the answer
 * with the later `answeredAt` holds.
 */
export const MatchingCallback = z
  .object({
    callbackId: outsideId,
    requestId: outsideId,
    source: z.enum(matchingSources),
    answer: z.enum(sourceAnswers),
    items: z.array(MatchingItem),
    answeredAt: instantAsSent,
    validUntil: plainDate,
  })
  .refine(({ answer, items }) => (answer === 'FOUND') === items.length > 0, {
    message: 'FOUND comes with items, NONE_FOUND and NO_ANSWER without',
    path: ['items'],
  })
  .refine(({ items }) => isWithinMostInAll(items.flatMap((item) => amountOf(item))), {
    message: fenInAllFaultSentence,
    path: ['items'],
  })
export type MatchingCallback = z.infer<typeof MatchingCallback>

function amountOf(item: MatchingItem): number[] {
  if (item.kind === 'CIVIL_STATUS') return []
  return [item.kind === 'INCOME' ? item.monthlyFen : item.valueFen]
}
