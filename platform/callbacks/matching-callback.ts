import { z } from 'zod'
import { isWithinMostInAll } from '../../domain/money.ts'
import { fenAmount, instantAsSent, outsideId, outsideText, plainDate, recordId } from '../../domain/schemas/nouns.ts'
import { civilStatuses, incomeKinds, matchingSources, propertyKinds, sourceAnswers } from '../../domain/vocabulary.ts'
import { faultsOf } from './faults-of.ts'

const common = { personRef: recordId, description: outsideText, observedOn: plainDate }

/** One fact that a register holds about a person. */
export const MatchingItem = z.discriminatedUnion('kind', [
  z.object({ ...common, kind: z.literal('INCOME'), incomeKind: z.enum(incomeKinds), monthlyFen: fenAmount }),
  z.object({ ...common, kind: z.literal('PROPERTY'), propertyKind: z.enum(propertyKinds), valueFen: fenAmount }),
  z.object({ ...common, kind: z.literal('CIVIL_STATUS'), status: z.enum(civilStatuses).default('OTHER') }),
])
export type MatchingItem = z.infer<typeof MatchingItem>

/** An item with its place in the answer, and the person it names where that much can be read. */
export type ReadItem = { index: number; item: MatchingItem }
export type UnreadItem = { index: number; personRef: string | null; faults: string[]; raw: unknown }

const mostItems = 5_000

/**
 * The answer of one source, from docs/contracts/matching-centre.openapi.yaml. A source may answer again: the answer
 * with the later `answeredAt` holds. A word that this version does not know costs the item in which it stands, which is
 * handed on as it came, and never the others.
 */
export const MatchingCallback = z
  .object({
    callbackId: outsideId,
    requestId: outsideId,
    source: z.enum(matchingSources),
    answer: z.enum(sourceAnswers),
    items: z.array(z.unknown()).max(mostItems),
    answeredAt: instantAsSent,
    validUntil: plainDate,
  })
  .refine(({ answer, items }) => (answer === 'FOUND') === items.length > 0, {
    message: 'FOUND comes with items, NONE_FOUND and NO_ANSWER without',
    path: ['items'],
  })
  .transform(({ items, ...answer }) => ({ ...answer, ...parted(items) }))
export type MatchingCallback = z.output<typeof MatchingCallback>

function parted(raw: readonly unknown[]): { items: ReadItem[]; unread: UnreadItem[] } {
  const items: ReadItem[] = []
  const unread: UnreadItem[] = []
  const amounts: number[] = []
  for (const [index, one] of raw.entries()) {
    const read = MatchingItem.safeParse(one)
    const within = read.success && isWithinMostInAll([...amounts, amountOf(read.data)])
    if (within) {
      items.push({ index, item: read.data })
      amounts.push(amountOf(read.data))
      continue
    }
    const faults = read.success ? ['in all: too_big'] : faultsOf(read.error)
    unread.push({ index, personRef: personNamedIn(one), faults, raw: one })
  }
  return { items, unread }
}

function amountOf(item: MatchingItem): number {
  if (item.kind === 'CIVIL_STATUS') return 0
  return item.kind === 'INCOME' ? item.monthlyFen : item.valueFen
}

const Named = z.object({ personRef: recordId })

function personNamedIn(item: unknown): string | null {
  return Named.safeParse(item).data?.personRef ?? null
}
