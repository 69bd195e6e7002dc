import { z } from 'zod'
import {
  takeCallback,
  type UnreadCallback,
  type WaitingCallback,
  waitingCallbacks,
} from '../../prisma/stores/matter/callbacks.ts'
import type { LockedMatter } from '../../prisma/stores/matter/locked-matter.ts'
import { inSavepoint } from '../../prisma/stores/system/savepoint.ts'
import { type SetAside, setAside } from '../../prisma/stores/matter/set-aside.ts'
import type { Reader } from '../procedures/filing-of-procedure.ts'
import { filingOf } from '../procedures/index.ts'
import { appendEvents, foresee } from './append-events.ts'
import type { News, Piece } from './news.ts'

/** A piece of news, and the callback that brought it, where one did. */
type Arrived = Piece & { callback?: WaitingCallback }

/**
 * Takes every callback that waits for this case, all in one entering: eight registers answer within a second. One that can
 * never be taken is set aside, and the others are taken.
 */
export async function takeInbox(matter: LockedMatter): Promise<LockedMatter> {
  if (!matter.hasCallbacks) return matter
  const waiting = await waitingCallbacks({ db: matter.tx, cipher: matter.cipher }, matter.row.id)
  const pieces: Arrived[] = []
  for (const callback of waiting) {
    if ('unread' in callback) await setUnreadAside(matter, callback)
    else pieces.push({ source: callback.source, body: callback.body, callback })
  }
  return takeAll(matter, pieces)
}

/** What it says is not known: its row keeps the sealed text, and the item names the row. */
async function setUnreadAside(matter: LockedMatter, { source, sourceId, unread }: UnreadCallback): Promise<void> {
  const { kind: reason, code } = unread
  await setAside(matter, [{ source, reason, about: null, faults: [code], body: { callbackId: sourceId } }])
  await takeCallback(matter.tx, { source, sourceId }, 'SET_ASIDE', matter.now)
}

/** Takes what an institution says when it is asked; what a callback told already is known. */
export async function takeAnswers(matter: LockedMatter, pieces: readonly Piece[]): Promise<LockedMatter> {
  return takeAll(matter, pieces)
}

/** All together; when that can never succeed, each by itself, so that only what is at fault stays behind. */
async function takeAll(matter: LockedMatter, pieces: readonly Arrived[]): Promise<LockedMatter> {
  if (pieces.length === 0) return matter
  const together = await inSavepoint(matter.tx, async () => takeTogether(matter, pieces))
  if ('done' in together) return together.done
  let current = matter
  for (const piece of pieces) {
    const alone = await inSavepoint(matter.tx, async () => takeTogether(current, [piece]))
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

async function takeTogether(matter: LockedMatter, pieces: readonly Arrived[]): Promise<LockedMatter> {
  const news = understandAll(matter, pieces, await filingOf(matter).reader(matter))
  const entered = news.filter((one) => one.as === 'ENTERED')
  for (const { keep } of entered) await keep?.(matter)
  const after = await appendEvents(
    matter,
    entered.map(({ entry }) => entry),
  )
  for (const [index, one] of news.entries()) {
    const piece = pieces[index] as Arrived
    await setAside(after, one.as === 'NOT_UNDERSTOOD' ? [unread(piece, one.faults)] : one.exceptions)
    await stamp(after, piece, one.as)
  }
  return after
}

/** Each piece of news is read with those before it in mind. */
function understandAll(matter: LockedMatter, pieces: readonly Piece[], read: Reader): News[] {
  let view = matter
  return pieces.map((piece) => {
    const news = read(view, piece)
    if (news.as === 'ENTERED') view = foresee(view, news.entry)
    return news
  })
}

function unread(piece: Arrived, faults: string[]): SetAside {
  // Asked again, an institution may say the same with another date on it.
  const sameAs = piece.callback === undefined ? { sameAs: JSON.stringify([registerNamedIn(piece.body), faults]) } : {}
  return { ...kept(piece), reason: 'NOT_UNDERSTOOD', faults, ...sameAs }
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

async function stamp({ tx, now }: LockedMatter, { callback }: Arrived, as: string): Promise<void> {
  if (callback !== undefined) await takeCallback(tx, callback, as, now)
}
