import type { CaseFact } from '../../../domain/procedures/assistance-case/facts.ts'
import type { SourceWord } from '../../../domain/procedures/assistance-case/state.ts'
import type { MatchedFact, MatchedStatus } from '../../../domain/household/matched-fact.ts'
import { dayOf, type Instant, instant, type PlainDate } from '../../../domain/time/plain-date.ts'
import type { MatchingCallback, ReadItem, UnreadItem } from '../../../platform/callbacks/matching-callback.ts'
import type { LockedCase, LockedMatter } from '../../../prisma/stores/matter/locked-matter.ts'
import { keepMatchedFacts, keepMatchedStatuses } from '../../../prisma/stores/household/matching.ts'
import type { SetAside } from '../../../prisma/stores/matter/set-aside.ts'
import { stableId } from '../../../platform/stable-id.ts'
import { dayItHappened, known, type News, newsEntry } from '../../filing/news.ts'
import { isPossible, type PossibleTime } from './outside-dates.ts'

/**
 * What one source said, from a callback or from asking: either way it is the same event. It is held against what was asked:
 * an item about somebody else is an exception for a person to see, and an answer that is about nobody who was asked about
 * is no answer. An item with a word that nobody knows is kept as it came; the others count.
 */
export function understandAnswer(
  matter: LockedCase,
  answer: MatchingCallback,
  { body, time }: { body: unknown; time: PossibleTime },
): News {
  const { matching, memberPersonIds } = matter.state
  const { requestId, source } = answer
  // An answer to the request of an earlier survey is no news.
  if (matching?.matchingRequestId !== requestId) return known
  const before = matching.answers.find((each) => each.source === source)
  const answeredAt = instant(Date.parse(answer.answeredAt))
  if (before === undefined || !isNews(before, answeredAt, time)) return known
  const about = { source: 'MATCHING_CENTRE' as const, about: requestId, register: source }
  // How long a result may be relied on is counted from this date, so that it is not put right here but by a person.
  if (!isPossible(answeredAt, time))
    return { as: 'SET_ASIDE', exceptions: [{ ...about, reason: 'DATE_NOT_POSSIBLE', faults: ['answeredAt'], body }] }

  const asked = new Set(memberPersonIds)
  const placed = answer.items.filter(({ item }) => asked.has(item.personRef))
  const unread = answer.unread.filter(({ personRef }) => personRef !== null && asked.has(personRef))
  const exceptions = [
    ...answer.items.filter((one) => !placed.includes(one)).map((one) => notAsked(about, one.item)),
    ...answer.unread.filter((one) => !unread.includes(one)).map((one) => strange(about, one)),
    ...unread.map((one) => ({ ...about, reason: 'NOT_UNDERSTOOD' as const, faults: one.faults, body: one.raw })),
  ]
  if (answer.answer === 'FOUND' && placed.length + unread.length === 0) return { as: 'SET_ASIDE', exceptions }

  const facts = factsOf(answer, placed)
  const statuses = statusesOf(answer, placed)
  const unplaced = exceptions.length - unread.length
  const doubts = {
    unplaced,
    notUnderstood: unread.length,
    answeredFor: [...new Set(placed.map(({ item }) => item.personRef))].sort(),
  }
  const fact: CaseFact = {
    type: 'MATCHING_ANSWERED',
    data: {
      matchingRequestId: requestId,
      source,
      answer: answer.answer,
      answeredAt,
      factIds: facts.map(({ factId }) => factId),
      ...(statuses.length > 0
        ? { statuses: statuses.map(({ factId: statusId, personId, status }) => ({ statusId, personId, status })) }
        : {}),
      ...(exceptions.length > 0 ? { doubts } : {}),
    },
  }
  const entry = newsEntry(stableId(requestId, source, answeredAt), fact, { kind: 'CALLBACK', id: answer.callbackId })
  const occurredOn = dayItHappened(matter, answeredAt)
  const keep = async ({ tx, row }: LockedMatter) => {
    const of = { matterId: row.id, countyId: row.countyId, requestId }
    await keepMatchedFacts(tx, of, facts)
    await keepMatchedStatuses(tx, of, statuses)
  }
  return { as: 'ENTERED', entry: { ...entry, occurredOn }, keep, exceptions }
}

/** By contract a register may put its answer right; the later word holds, unless it was dated in a time to come. */
function isNews({ answeredAt: before }: SourceWord, answeredAt: Instant, { through }: PossibleTime): boolean {
  return before === null || answeredAt > before || before > through
}

type About = Pick<SetAside, 'source' | 'about' | 'register'>

function notAsked(about: About, item: ReadItem['item']): SetAside {
  return { ...about, reason: 'PERSON_NOT_ASKED', faults: ['personRef'], body: item }
}

/** An item that cannot be read is somebody else's when it names somebody else, and else nobody's. */
function strange(about: About, { personRef, faults, raw }: UnreadItem): SetAside {
  return { ...about, reason: personRef === null ? 'NOT_UNDERSTOOD' : 'PERSON_NOT_ASKED', faults, body: raw }
}

/** What the register says of persons. It enters no rule: an officer deals with it. */
function statusesOf(answer: MatchingCallback, placed: readonly ReadItem[]): MatchedStatus[] {
  return placed.flatMap(({ index, item }): MatchedStatus[] =>
    item.kind === 'CIVIL_STATUS' ? [{ ...keptOf(answer, { index, item }), status: item.status }] : [],
  )
}

/** Only income and property enter the rules. */
function factsOf(answer: MatchingCallback, placed: readonly ReadItem[]): MatchedFact[] {
  return placed.flatMap(({ index, item }): MatchedFact[] => {
    const fact = keptOf(answer, { index, item })
    switch (item.kind) {
      case 'INCOME':
        return [{ ...fact, kind: 'INCOME', incomeKind: item.incomeKind, amountFen: item.monthlyFen } as MatchedFact]
      case 'PROPERTY':
        return [{ ...fact, kind: 'PROPERTY', propertyKind: item.propertyKind, amountFen: item.valueFen } as MatchedFact]
      case 'CIVIL_STATUS':
        return []
    }
  })
}

function keptOf(answer: MatchingCallback, { index, item }: ReadItem) {
  return {
    source: answer.source,
    answeredOn: dayOf(instant(Date.parse(answer.answeredAt))),
    validUntil: answer.validUntil as PlainDate,
    factId: stableId(answer.requestId, answer.source, answer.answeredAt, index),
    personId: item.personRef,
    description: item.description,
    observedOn: item.observedOn as PlainDate,
  }
}
