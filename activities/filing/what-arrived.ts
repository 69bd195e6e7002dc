import type { CaseFact } from '../../domain/case/case-events.ts'
import { type CaseState, isOpen } from '../../domain/case/case-state.ts'
import type { MatchedFact } from '../../domain/household/matched-fact.ts'
import { afterNews } from '../../domain/payment/payment-state.ts'
import { type PlainDate, dayOf, instant } from '../../domain/time/plain-date.ts'
import { BankCallback } from '../../platform/callbacks/bank-callback.ts'
import { MatchingCallback } from '../../platform/callbacks/matching-callback.ts'
import { type CallbackSource, takeCallback, waitingCallbacks } from '../../prisma/stores/callbacks.ts'
import type { Dossier } from '../../prisma/stores/dossier.ts'
import { keepMatchedFacts } from '../../prisma/stores/matching.ts'
import { enterEvents, type Entry, foresee } from './enter-events.ts'
import { stableId } from '../../platform/stable-id.ts'

/** What became of a piece of news: entered, known or void already, not readable, or too early to be understood. */
type News =
  | { as: 'KNOWN' | 'NOT_UNDERSTOOD' | 'TOO_EARLY' }
  | { as: 'ENTERED'; entry: Entry; requestId?: string; facts?: MatchedFact[] }

/**
 * Takes every callback that waits for this case, all in one entering: eight registers answer within a second. One that is
 * ahead of our own log stays for the next look.
 */
export async function takeWhatArrived(dossier: Dossier): Promise<Dossier> {
  const waiting = await waitingCallbacks({ db: dossier.tx, cipher: dossier.cipher }, dossier.row.id)
  const news = understandAll(dossier, waiting, (view, { source, body }) => understand(view, source, body))
  const after = await enterNews(dossier, news)
  for (const [index, { as }] of news.entries()) {
    const callback = waiting[index] as (typeof waiting)[number]
    if (as !== 'TOO_EARLY') await takeCallback(after.tx, callback, as, after.now)
  }
  return after
}

/** Enters what the centre says when it is asked; what a callback told already is known. */
export async function enterMatchingAnswers(dossier: Dossier, answers: readonly MatchingCallback[]): Promise<Dossier> {
  return enterNews(dossier, understandAll(dossier, answers, understandAnswer))
}

/** Enters how the bank settled an instruction. */
export async function enterSettlement(dossier: Dossier, settlement: BankCallback): Promise<Dossier> {
  return enterNews(dossier, [understandSettlement(dossier, settlement)])
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
  if (state.matching?.matchingRequestId !== requestId) {
    return { as: wasAsked(dossier, requestId) || !isOpen(state) ? 'KNOWN' : 'TOO_EARLY' }
  }
  const known = state.matching.answers.find((each) => each.source === source)?.answer
  // A source that could not answer at first may answer later; what it once found or not stands.
  const isNews = known === 'PENDING' || (known === 'NO_ANSWER' && answer.answer !== 'NO_ANSWER')
  if (!isNews) return { as: 'KNOWN' }
  const facts = factsOf(answer)
  const fact: CaseFact = {
    type: 'MATCHING_ANSWERED',
    data: { matchingRequestId: requestId, source, answer: answer.answer, factIds: facts.map(({ factId }) => factId) },
  }
  const eventId = stableId(requestId, source, answer.answer)
  return { as: 'ENTERED', entry: newsEntry(dossier, eventId, fact, answer.callbackId), requestId, facts }
}

/** An answer to a request of an earlier survey is no news; one to a request that is not in our log yet is. */
function wasAsked({ events }: Dossier, requestId: string): boolean {
  return events.some((event) => event.type === 'MATCHING_REQUESTED' && event.data.matchingRequestId === requestId)
}

/** A return stands whatever is told after it: the money came back. */
function understandSettlement(dossier: Dossier, news: BankCallback): News {
  if (!expectsSettlement(dossier.state, news)) return { as: 'KNOWN' }
  const { instructionId } = news
  const settledAt = instant(Date.parse(news.settledAt))
  const fact: CaseFact =
    news.state === 'PAID'
      ? { type: 'PAYMENT_PAID', data: { instructionId, settledAt } }
      : { type: 'PAYMENT_RETURNED', data: { instructionId, reason: news.reason, settledAt } }
  const eventId = stableId(instructionId, news.state)
  return { as: 'ENTERED', entry: newsEntry(dossier, eventId, fact, news.callbackId) }
}

function expectsSettlement({ instruction }: CaseState, news: BankCallback): boolean {
  if (instruction?.instructionId !== news.instructionId || instruction.state === 'PREPARED') return false
  return afterNews(instruction.state, news.state) !== instruction.state
}

function newsEntry({ today }: Dossier, eventId: string, fact: CaseFact, causeId: string): Entry {
  const cause = { kind: 'CALLBACK' as const, id: causeId }
  return { eventId, fact, occurredOn: today, actor: null, action: null, cause, papers: [] }
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
      factId: stableId(answer.requestId, answer.source, index),
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
