import type { CaseFact, EventCause } from '../../domain/case/case-events.ts'
import type { CaseState } from '../../domain/case/case-state.ts'
import type { MatchedFact } from '../../domain/household/matched-fact.ts'
import { afterNews } from '../../domain/payment/payment-state.ts'
import { dayOf, type Instant, instant, type PlainDate } from '../../domain/time/plain-date.ts'
import { BankCallback } from '../../platform/callbacks/bank-callback.ts'
import { MatchingCallback } from '../../platform/callbacks/matching-callback.ts'
import { type CallbackSource, takeCallback, waitingCallbacks } from '../../prisma/stores/callbacks.ts'
import type { Dossier } from '../../prisma/stores/dossier.ts'
import { keepMatchedFacts } from '../../prisma/stores/matching.ts'
import { enterEvents, type Entry, foresee } from './enter-events.ts'
import { stableId } from '../../platform/stable-id.ts'

/** What became of a piece of news: entered, known or void already, or not readable. */
type News =
  | { as: 'KNOWN' | 'NOT_UNDERSTOOD' }
  | { as: 'ENTERED'; entry: Entry; requestId?: string; facts?: MatchedFact[] }

/**
 * Takes every callback that waits for this case, all in one entering: eight registers answer within a second.
 */
export async function takeWhatArrived(dossier: Dossier): Promise<Dossier> {
  const waiting = await waitingCallbacks({ db: dossier.tx, cipher: dossier.cipher }, dossier.row.id)
  const news = understandAll(dossier, waiting, (view, { source, body }) => understand(view, source, body))
  const after = await enterNews(dossier, news)
  for (const [index, { as }] of news.entries()) {
    const callback = waiting[index] as (typeof waiting)[number]
    await takeCallback(after.tx, callback, as, after.now)
  }
  return after
}

/** Enters what the centre says when it is asked; what a callback told already is known. */
export async function enterMatchingAnswers(dossier: Dossier, answers: readonly MatchingCallback[]): Promise<Dossier> {
  return enterNews(dossier, understandAll(dossier, answers, understandAnswer))
}

/** Enters how the bank settled an instruction. */
export async function enterSettlement(dossier: Dossier, settlement: BankCallback, cause: EventCause): Promise<Dossier> {
  return enterNews(dossier, [understandSettlement(dossier, settlement, cause)])
}

/** Each piece of news is read with those before it in mind. */
function understandAll<T>(dossier: Dossier, pieces: readonly T[], read: (view: Dossier, piece: T) => News): News[] {
  let view = dossier
  return pieces.map((piece) => {
    const news = read(view, piece)
    if (news.as === 'ENTERED') view = foresee(view, news.entry)
    return news
  })
}

async function enterNews(dossier: Dossier, news: readonly News[]): Promise<Dossier> {
  const { row, tx } = dossier
  const entered = news.filter((one) => one.as === 'ENTERED')
  for (const { requestId, facts = [] } of entered) {
    if (requestId !== undefined)
      await keepMatchedFacts(tx, { caseId: row.id, countyId: row.countyId, requestId }, facts)
  }
  return enterEvents(
    dossier,
    entered.map(({ entry }) => entry),
  )
}

function understand(dossier: Dossier, source: CallbackSource, body: unknown): News {
  if (source === 'MATCHING_CENTRE') {
    const answer = MatchingCallback.safeParse(body)
    return answer.success ? understandAnswer(dossier, answer.data) : { as: 'NOT_UNDERSTOOD' }
  }
  const settlement = BankCallback.safeParse(body)
  return settlement.success ? understandSettlement(dossier, settlement.data) : { as: 'NOT_UNDERSTOOD' }
}

/** What one source said, from a callback or from asking: either way it is the same event. */
function understandAnswer(dossier: Dossier, answer: MatchingCallback): News {
  const { state } = dossier
  const { requestId, source } = answer
  // An answer to the request of an earlier survey is no news.
  if (state.matching?.matchingRequestId !== requestId) return { as: 'KNOWN' }
  const known = state.matching.answers.find((each) => each.source === source)
  const answeredAt = instant(Date.parse(answer.answeredAt))
  // By contract a register may put its answer right; the later word holds.
  const isNews = known !== undefined && (known.answeredAt === null || answeredAt > known.answeredAt)
  if (!isNews) return { as: 'KNOWN' }
  const facts = factsOf(answer)
  const fact: CaseFact = {
    type: 'MATCHING_ANSWERED',
    data: {
      matchingRequestId: requestId,
      source,
      answer: answer.answer,
      answeredAt,
      factIds: facts.map(({ factId }) => factId),
    },
  }
  const eventId = stableId(requestId, source, answeredAt)
  const occurredOn = dayItHappened(dossier, answeredAt)
  return { as: 'ENTERED', entry: { ...newsEntry(eventId, fact, answer.callbackId), occurredOn }, requestId, facts }
}

/** A return stands whatever is told after it: the money came back. */
function understandSettlement(dossier: Dossier, news: BankCallback, cause?: EventCause): News {
  if (!expectsSettlement(dossier.state, news)) return { as: 'KNOWN' }
  const { instructionId } = news
  const settledAt = instant(Date.parse(news.settledAt))
  const paid = news.state === 'PAID'
  const fact: CaseFact = paid
    ? { type: 'PAYMENT_PAID', data: { instructionId, settledAt } }
    : { type: 'PAYMENT_RETURNED', data: { instructionId, reason: news.reason, settledAt } }
  const entry = newsEntry(stableId(instructionId, news.state), fact, news.callbackId, cause)
  // Paid in time and told after midnight is paid in time; what came back is known, and has to be dealt with, from today.
  return { as: 'ENTERED', entry: { ...entry, occurredOn: paid ? dayItHappened(dossier, settledAt) : dossier.today } }
}

/** The day on which an institution acted, between our last act and today: its clock is its own. */
function dayItHappened({ state, today }: Dossier, at: Instant): PlainDate {
  const day = dayOf(at)
  const earliest = state.lastActOn ?? today
  return day > today ? today : day < earliest ? earliest : day
}

function expectsSettlement({ instruction }: CaseState, news: BankCallback): boolean {
  if (instruction?.instructionId !== news.instructionId || instruction.state === 'PREPARED') return false
  return afterNews(instruction.state, news.state) !== instruction.state
}

function newsEntry(eventId: string, fact: CaseFact, callbackId: string, cause?: EventCause): Omit<Entry, 'occurredOn'> {
  return { eventId, fact, actor: null, action: null, cause: cause ?? { kind: 'CALLBACK', id: callbackId }, papers: [] }
}

/** Civil status is read by officers in the report; only income and property enter the rules. */
function factsOf(answer: MatchingCallback): MatchedFact[] {
  const common = {
    source: answer.source,
    answeredOn: dayOf(instant(Date.parse(answer.answeredAt))),
    validUntil: answer.validUntil as PlainDate,
  }
  return answer.items.flatMap((item, index): MatchedFact[] => {
    const fact = {
      ...common,
      factId: stableId(answer.requestId, answer.source, answer.answeredAt, index),
      personId: item.personRef,
      description: item.description,
      observedOn: item.observedOn as PlainDate,
    }
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
