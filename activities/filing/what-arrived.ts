import type { CaseFact } from '../../domain/case/case-events.ts'
import { type CaseState, isOpen } from '../../domain/case/case-state.ts'
import type { MatchedFact } from '../../domain/household/matched-fact.ts'
import { afterNews } from '../../domain/payment/payment-state.ts'
import { type PlainDate, dayOf, instant } from '../../domain/time/plain-date.ts'
import { BankCallback } from '../../platform/callbacks/bank-callback.ts'
import { MatchingCallback } from '../../platform/callbacks/matching-callback.ts'
import { takeCallback, waitingCallbacks } from '../../prisma/stores/callbacks.ts'
import type { Dossier } from '../../prisma/stores/dossier.ts'
import { keepMatchedFacts } from '../../prisma/stores/matching.ts'
import { enterEvents } from './enter-events.ts'
import { stableId } from '../../platform/stable-id.ts'

/** What became of a piece of news: entered, known or void already, or too early to be understood. */
type Taken = { dossier: Dossier; as: 'ENTERED' | 'KNOWN' | 'NOT_UNDERSTOOD' | 'TOO_EARLY' }

/** Takes every callback that waits for this case. One that is ahead of our own log stays for the next look. */
export async function takeWhatArrived(dossier: Dossier): Promise<Dossier> {
  let current = dossier
  for (const callback of await waitingCallbacks({ db: dossier.tx, cipher: dossier.cipher }, dossier.row.id)) {
    const taken = await takeNews(current, callback.source, callback.body)
    current = taken.dossier
    if (taken.as !== 'TOO_EARLY') await takeCallback(current.tx, callback, taken.as, current.now)
  }
  return current
}

async function takeNews(dossier: Dossier, source: 'MATCHING_CENTRE' | 'BANK', body: unknown): Promise<Taken> {
  if (source === 'MATCHING_CENTRE') {
    const answer = MatchingCallback.safeParse(body)
    return answer.success ? enterMatchingAnswer(dossier, answer.data) : { dossier, as: 'NOT_UNDERSTOOD' }
  }
  const settlement = BankCallback.safeParse(body)
  return settlement.success ? enterSettlement(dossier, settlement.data) : { dossier, as: 'NOT_UNDERSTOOD' }
}

/** Enters what one source said, from a callback or from asking: either way it is the same event. */
export async function enterMatchingAnswer(dossier: Dossier, answer: MatchingCallback): Promise<Taken> {
  const { state, row, tx } = dossier
  const { requestId, source } = answer
  if (state.matching?.matchingRequestId !== requestId) {
    return { dossier, as: wasAsked(dossier, requestId) || !isOpen(state) ? 'KNOWN' : 'TOO_EARLY' }
  }
  const known = state.matching.answers.find((each) => each.source === source)?.answer
  // A source that could not answer at first may answer later; what it once found or not stands.
  const isNews = known === 'PENDING' || (known === 'NO_ANSWER' && answer.answer !== 'NO_ANSWER')
  if (!isNews) return { dossier, as: 'KNOWN' }
  const facts = factsOf(answer)
  await keepMatchedFacts(tx, { caseId: row.id, countyId: row.countyId, requestId }, facts)
  const fact: CaseFact = {
    type: 'MATCHING_ANSWERED',
    data: { matchingRequestId: requestId, source, answer: answer.answer, factIds: facts.map(({ factId }) => factId) },
  }
  return {
    dossier: await enterNews(dossier, stableId(requestId, source, answer.answer), fact, answer.callbackId),
    as: 'ENTERED',
  }
}

/** An answer to a request of an earlier survey is no news; one to a request that is not in our log yet is. */
function wasAsked({ events }: Dossier, requestId: string): boolean {
  return events.some((event) => event.type === 'MATCHING_REQUESTED' && event.data.matchingRequestId === requestId)
}

/** Enters how the bank settled an instruction. A return stands whatever is told after it: the money came back. */
export async function enterSettlement(dossier: Dossier, news: BankCallback): Promise<Taken> {
  const { state } = dossier
  const { instructionId } = news
  if (!expectsSettlement(state, news)) return { dossier, as: 'KNOWN' }
  const settledAt = instant(Date.parse(news.settledAt))
  const fact: CaseFact =
    news.state === 'PAID'
      ? { type: 'PAYMENT_PAID', data: { instructionId, settledAt } }
      : { type: 'PAYMENT_RETURNED', data: { instructionId, reason: news.reason, settledAt } }
  return {
    dossier: await enterNews(dossier, stableId(instructionId, news.state), fact, news.callbackId),
    as: 'ENTERED',
  }
}

function expectsSettlement({ instruction }: CaseState, news: BankCallback): boolean {
  if (instruction?.instructionId !== news.instructionId || instruction.state === 'PREPARED') return false
  return afterNews(instruction.state, news.state) !== instruction.state
}

async function enterNews(dossier: Dossier, eventId: string, fact: CaseFact, causeId: string): Promise<Dossier> {
  const cause = { kind: 'CALLBACK' as const, id: causeId }
  const common = { occurredOn: dossier.today, actor: null, action: null, cause, papers: [] }
  return enterEvents(dossier, [{ eventId, fact, ...common }])
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
