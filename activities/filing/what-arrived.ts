import { z } from 'zod'
import type { EventCause } from '../../domain/case/case-events.ts'
import { BankCallback } from '../../platform/callbacks/bank-callback.ts'
import { MatchingCallback } from '../../platform/callbacks/matching-callback.ts'
import { faultsOf } from '../../platform/callbacks/faults-of.ts'
import {
  takeCallback,
  type UnreadCallback,
  type WaitingCallback,
  waitingCallbacks,
} from '../../prisma/stores/callbacks.ts'
import type { Dossier } from '../../prisma/stores/dossier.ts'
import { keepMatchedFacts, keepMatchedStatuses } from '../../prisma/stores/matching.ts'
import { inSavepoint } from '../../prisma/stores/savepoint.ts'
import { type SetAside, setAside } from '../../prisma/stores/set-aside.ts'
import { enterEvents, foresee } from './enter-events.ts'
import type { News } from './news.ts'
import { type PossibleTimes, possibleTimes } from './outside-dates.ts'
import { understandAnswer } from './understand-answer.ts'
import { understandSettlement } from './understand-settlement.ts'

/** How a piece of news is read, and what is kept of it when it cannot be taken. */
type Piece = { source: 'MATCHING_CENTRE' | 'BANK'; body: unknown; cause?: EventCause; callback?: WaitingCallback }

/**
 * Takes every callback that waits for this case, all in one entering: eight registers answer within a second. One that can
 * never be taken is set aside, and the others are taken.
 */
export async function takeWhatArrived(dossier: Dossier): Promise<Dossier> {
  const waiting = await waitingCallbacks({ db: dossier.tx, cipher: dossier.cipher }, dossier.row.id)
  const pieces: Piece[] = []
  for (const callback of waiting) {
    if ('unread' in callback) await setUnreadAside(dossier, callback)
    else pieces.push({ source: callback.source, body: callback.body, callback })
  }
  return takeAll(dossier, pieces)
}

/** What it says is not known: its row keeps the sealed text, and the item names the row. */
async function setUnreadAside(dossier: Dossier, { source, sourceId, unread }: UnreadCallback): Promise<void> {
  const { kind: reason, code } = unread
  await setAside(dossier, [{ source, reason, about: null, faults: [code], body: { callbackId: sourceId } }])
  await takeCallback(dossier.tx, { source, sourceId }, 'SET_ASIDE', dossier.now)
}

/** Enters what the centre says when it is asked; what a callback told already is known. */
export async function enterMatchingAnswers(dossier: Dossier, answers: readonly unknown[]): Promise<Dossier> {
  return takeAll(
    dossier,
    answers.map((body) => ({ source: 'MATCHING_CENTRE', body })),
  )
}

/** Enters how the bank settled an instruction. */
export async function enterSettlement(dossier: Dossier, settlement: BankCallback, cause: EventCause): Promise<Dossier> {
  return takeAll(dossier, [{ source: 'BANK', body: settlement, cause }])
}

/** All together; when that can never succeed, each by itself, so that only what is at fault stays behind. */
async function takeAll(dossier: Dossier, pieces: readonly Piece[]): Promise<Dossier> {
  if (pieces.length === 0) return dossier
  const together = await inSavepoint(dossier.tx, async () => takeTogether(dossier, pieces))
  if ('done' in together) return together.done
  let current = dossier
  for (const piece of pieces) {
    const alone = await inSavepoint(dossier.tx, async () => takeTogether(current, [piece]))
    if ('done' in alone) {
      current = alone.done
      continue
    }
    const { kind: reason, code } = alone.poison
    await setAside(current, [{ ...kept(piece), reason, faults: [code] }])
    await stamp(current, piece, 'SET_ASIDE')
  }
  return current
}

async function takeTogether(dossier: Dossier, pieces: readonly Piece[]): Promise<Dossier> {
  const times = await possibleTimes(dossier)
  const news = understandAll(dossier, pieces, times)
  const after = await enterNews(dossier, news)
  for (const [index, { as, exceptions }] of news.entries()) {
    await setAside(after, exceptions)
    await stamp(after, pieces[index] as Piece, as)
  }
  return after
}

/** Each piece of news is read with those before it in mind. */
function understandAll(dossier: Dossier, pieces: readonly Piece[], times: PossibleTimes): News[] {
  let view = dossier
  return pieces.map((piece) => {
    const news = understand(view, piece, times)
    if (news.as === 'ENTERED') view = foresee(view, news.entry)
    return news
  })
}

function understand(dossier: Dossier, piece: Piece, times: PossibleTimes): News {
  if (piece.source === 'MATCHING_CENTRE') {
    const answer = MatchingCallback.safeParse(piece.body)
    if (!answer.success) return notUnderstood(piece, answer.error)
    return understandAnswer(dossier, answer.data, { body: piece.body, time: times.ofMatching })
  }
  const settlement = BankCallback.safeParse(piece.body)
  if (!settlement.success) return notUnderstood(piece, settlement.error)
  return understandSettlement(dossier, settlement.data, { time: times.ofPayment, cause: piece.cause })
}

async function enterNews(dossier: Dossier, news: readonly News[]): Promise<Dossier> {
  const { row, tx } = dossier
  const entered = news.filter((one) => one.as === 'ENTERED')
  for (const { requestId, facts = [], statuses = [] } of entered) {
    if (requestId === undefined) continue
    const of = { caseId: row.id, countyId: row.countyId, requestId }
    await keepMatchedFacts(tx, of, facts)
    await keepMatchedStatuses(tx, of, statuses)
  }
  return enterEvents(
    dossier,
    entered.map(({ entry }) => entry),
  )
}

function notUnderstood(piece: Piece, error: z.ZodError): News {
  const faults = faultsOf(error)
  // Asked again, an institution may say the same with another date on it.
  const sameAs = piece.callback === undefined ? { sameAs: JSON.stringify([registerNamedIn(piece.body), faults]) } : {}
  return { as: 'NOT_UNDERSTOOD', exceptions: [{ ...kept(piece), reason: 'NOT_UNDERSTOOD', faults, ...sameAs }] }
}

const Register = z.object({ source: z.string() })

function registerNamedIn(body: unknown): string | null {
  return Register.safeParse(body).data?.source ?? null
}

const About = z.object({ requestId: z.string().optional(), instructionId: z.string().optional() })

function kept({ source, body }: Piece): Omit<SetAside, 'reason' | 'faults'> {
  const { requestId, instructionId } = About.safeParse(body).data ?? {}
  return { source, body, about: requestId ?? instructionId ?? null }
}

async function stamp({ tx, now }: Dossier, { callback }: Piece, as: string): Promise<void> {
  if (callback !== undefined) await takeCallback(tx, callback, as, now)
}
