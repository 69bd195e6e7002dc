import { BankCallback } from '../../../platform/callbacks/bank-callback.ts'
import { faultsOf } from '../../../platform/callbacks/faults-of.ts'
import { MatchingCallback } from '../../../platform/callbacks/matching-callback.ts'
import { asCase, type LockedCase } from '../../../prisma/stores/matter/locked-matter.ts'
import { type News, notUnderstood, type Piece } from '../../filing/news.ts'
import type { Reader } from '../filing-of-procedure.ts'
import { possibleTimes } from './outside-dates.ts'
import { understandAnswer } from './understand-answer.ts'
import { understandSettlement } from './understand-settlement.ts'

/** Reads what the matching centre and the bank say of an application. */
export async function readerOfCase(aCase: LockedCase): Promise<Reader> {
  const times = await possibleTimes(aCase)
  return (matter, piece) => read(asCase(matter), piece)

  function read(view: LockedCase, { source, body, cause }: Piece): News {
    if (source === 'MATCHING_CENTRE') {
      const answer = MatchingCallback.safeParse(body)
      if (!answer.success) return notUnderstood(faultsOf(answer.error))
      return understandAnswer(view, answer.data, { body, time: times.ofMatching })
    }
    const settlement = BankCallback.safeParse(body)
    if (!settlement.success) return notUnderstood(faultsOf(settlement.error))
    return understandSettlement(view, settlement.data, { time: times.ofPayment, cause })
  }
}
