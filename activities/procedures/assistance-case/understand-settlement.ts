import type { CaseFact } from '../../../domain/procedures/assistance-case/facts.ts'
import type { EventCause } from '../../../domain/matter/facts.ts'
import type { CaseState } from '../../../domain/procedures/assistance-case/state.ts'
import { afterNews } from '../../../domain/payment/payment-state.ts'
import { instant } from '../../../domain/time/plain-date.ts'
import { type BankCallback, knownReturnReason } from '../../../platform/callbacks/bank-callback.ts'
import { stableId } from '../../../platform/stable-id.ts'
import type { LockedCase } from '../../../prisma/stores/matter/locked-matter.ts'
import type { SetAside } from '../../../prisma/stores/matter/set-aside.ts'
import { dayItHappened, known, type News, newsEntry } from '../../filing/news.ts'
import { isPossible, type PossibleTime } from './outside-dates.ts'

/**
 * What the bank says of an instruction. A return stands whatever is told after it: the money came back. It undoes a payment,
 * so what is dated before the order was released, or in a time to come, is nothing to conclude from and waits for a person.
 */
export function understandSettlement(
  matter: LockedCase,
  news: BankCallback,
  { time, cause }: { time: PossibleTime; cause: EventCause | undefined },
): News {
  if (!expectsSettlement(matter.state, news)) return known
  const { instructionId, callbackId } = news
  const settledAt = instant(Date.parse(news.settledAt))
  const about = { source: 'BANK' as const, about: instructionId, body: { ...news, callbackId: undefined } }
  if (!isPossible(settledAt, time))
    return { as: 'SET_ASIDE', exceptions: [{ ...about, reason: 'DATE_NOT_POSSIBLE', faults: ['settledAt'] }] }

  const { fact, exceptions } = factOf(news, settledAt, about)
  const entry = newsEntry(stableId(instructionId, news.state), fact, cause ?? { kind: 'CALLBACK', id: callbackId })
  // Paid in time and told after midnight is paid in time; what came back is known, and has to be dealt with, from today.
  const occurredOn = news.state === 'PAID' ? dayItHappened(matter, settledAt) : matter.today
  return { as: 'ENTERED', entry: { ...entry, occurredOn }, exceptions }
}

type About = Omit<SetAside, 'reason' | 'faults'>

/** A reason that nobody knows costs the reason, never the return: somebody has to look at the account either way. */
function factOf(
  news: BankCallback,
  settledAt: ReturnType<typeof instant>,
  about: About,
): { fact: CaseFact; exceptions: SetAside[] } {
  const { instructionId } = news
  if (news.state === 'PAID')
    return { fact: { type: 'PAYMENT_PAID', data: { instructionId, settledAt } }, exceptions: [] }
  const reason = knownReturnReason(news.reason)
  return {
    fact: { type: 'PAYMENT_RETURNED', data: { instructionId, reason: reason ?? 'OTHER', settledAt } },
    exceptions: reason === null ? [{ ...about, reason: 'NOT_UNDERSTOOD', faults: ['reason'] }] : [],
  }
}

function expectsSettlement({ instruction }: CaseState, news: BankCallback): boolean {
  if (
    instruction?.instructionId !== news.instructionId ||
    instruction.state === 'PREPARED' ||
    instruction.state === 'VOIDED'
  )
    return false
  return afterNews(instruction.state, news.state) !== instruction.state
}
