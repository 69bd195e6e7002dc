import { type Fen, fen, sum } from '../money.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { CivilStatus, IncomeKind, MatchingSource, PropertyKind, SourceAnswer } from '../vocabulary.ts'
import type { Household } from './household.ts'

/**
 * One thing that a register said about one person. Income is fen a month, property the value found (0 where the
 * register gives none, as for a vehicle). `observedOn` is the day the register's entry describes.
 */
export type MatchedFact = {
  factId: string
  source: MatchingSource
  personId: string
  amountFen: Fen
  description: string
  observedOn: PlainDate
  answeredOn: PlainDate
  validUntil: PlainDate
} & ({ kind: 'INCOME'; incomeKind: IncomeKind } | { kind: 'PROPERTY'; propertyKind: PropertyKind })

/** What a register said of one person beside income and property, in its words. */
export type MatchedStatus = Pick<
  MatchedFact,
  'factId' | 'source' | 'personId' | 'description' | 'observedOn' | 'answeredOn' | 'validUntil'
> & { status: CivilStatus }

export type MatchedIncome = MatchedFact & { kind: 'INCOME' }
export type MatchedProperty = MatchedFact & { kind: 'PROPERTY' }

/** Where one register stands in a matching request. */
export type SourceStanding = { source: MatchingSource; answer: SourceAnswer | 'PENDING' }

/** True through the last day on which a result may still be relied on. */
export function isFresh(fact: MatchedFact, today: PlainDate): boolean {
  return today <= fact.validUntil
}

/** Registers of which nothing is known: asked and silent, or unable to answer. Unknown is never zero. */
export function unknownSources(standings: readonly SourceStanding[]): MatchingSource[] {
  return standings.filter(({ answer }) => answer === 'PENDING' || answer === 'NO_ANSWER').map(({ source }) => source)
}

/**
 * What registers add up to for one person and kind. Entries of one register are added (two employers); among registers
 * the highest counts, because several describe the same wage or deposit (design choice). Undefined without any fact.
 */
export function reconciled<F extends { source: MatchingSource; amountFen: Fen }>(
  facts: readonly F[],
): { amountFen: Fen; facts: F[] } | undefined {
  const totals = [...groupBy(facts, ({ source }) => source).values()].map((ofSource) => ({
    amountFen: sum(ofSource.map(({ amountFen }) => amountFen)),
    facts: ofSource,
  }))
  return totals.sort((a, b) => b.amountFen - a.amountFen || compare(a.facts[0]?.source, b.facts[0]?.source))[0]
}

/** Declared against found, for one person and kind of income (fen a month) or property (fen). */
export type Discrepancy = {
  personId: string
  subject: 'INCOME' | 'PROPERTY'
  kind: IncomeKind | PropertyKind
  declaredFen: Fen
  foundFen: Fen
  /** Found less declared: above zero, the household declared too little. */
  differenceFen: Fen
  factIds: string[]
}

/**
 * The table declared-versus-found: every person and kind that a register answered about and whose sum differs, and
 * things found that nobody declared. A difference is a question to the household and no verdict.
 *
 * Source: 57 Art. 18.
 */
export function discrepancies(declared: Household, facts: readonly MatchedFact[]): Discrepancy[] {
  const bySubject = groupBy(facts, (fact) => [fact.personId, fact.kind, kindOf(fact)].join('|'))
  return [...bySubject.values()].flatMap((found) => {
    const [first] = found
    const total = reconciled(found)
    if (!first || !total) return []
    const { amounts, count } = declaredBy(declared, first)
    const declaredFen = sum(amounts)
    const differenceFen = fen(total.amountFen - declaredFen)
    if (differenceFen === 0 && (first.kind === 'INCOME' || count >= total.facts.length)) return []
    const { personId, kind: subject } = first
    const factIds = found.map(({ factId }) => factId)
    return { personId, subject, kind: kindOf(first), declaredFen, foundFen: total.amountFen, differenceFen, factIds }
  })
}

function declaredBy(household: Household, fact: MatchedFact): { amounts: Fen[]; count: number } {
  const member = household.members.find(({ personId }) => personId === fact.personId)
  const amounts =
    fact.kind === 'INCOME'
      ? member?.income.filter(({ kind }) => kind === fact.incomeKind).map(({ monthlyFen }) => monthlyFen)
      : member?.property.filter(({ kind }) => kind === fact.propertyKind).map(({ valueFen }) => valueFen)
  return { amounts: amounts ?? [], count: amounts?.length ?? 0 }
}

/** Which kind of income or property it is about. */
export function kindOf(fact: MatchedFact): IncomeKind | PropertyKind {
  return fact.kind === 'INCOME' ? fact.incomeKind : fact.propertyKind
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  return Map.groupBy(items, keyOf)
}

function compare(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0
}
