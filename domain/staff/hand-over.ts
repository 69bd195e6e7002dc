import type { LimitKey } from '../matter/limit-keys.ts'
import { addDays, type Instant, type PlainDate } from '../time/plain-date.ts'
import type { SupervisionRung } from '../vocabulary.ts'
import type { Stage } from '../procedures/words.ts'
import { StaffRefused } from './staff-refusals.ts'

/** What lies on a post when it is handed over (移交清单); both sign it. */
export type HandOverList = {
  tasks: {
    taskId: string
    caseId: string
    caseNumber: string
    stage: Stage
    /** The limit that ends first; null when none runs. */
    limit: LimitKey | null
    dueOn: PlainDate | null
    overdue: boolean
    assigneeId: string | null
  }[]
  supervision: {
    supervisionItemId: string
    caseNumber: string
    limit: LimitKey
    rung: SupervisionRung
    openedAt: Instant
  }[]
  orders: {
    orderId: string
    caseNumber: string
    number: number
    limit: LimitKey
    issuedAt: Instant
    answered: boolean
  }[]
}

/** What came after the list was signed: it belongs to the post, and so to who takes it over. */
export function supplementOf(signed: HandOverList, now: HandOverList): HandOverList {
  const taskIds = new Set(signed.tasks.map(({ taskId }) => taskId))
  const itemIds = new Set(signed.supervision.map(({ supervisionItemId }) => supervisionItemId))
  const orderIds = new Set(signed.orders.map(({ orderId }) => orderId))
  return {
    tasks: now.tasks.filter(({ taskId }) => !taskIds.has(taskId)),
    supervision: now.supervision.filter(({ supervisionItemId }) => !itemIds.has(supervisionItemId)),
    orders: now.orders.filter(({ orderId }) => !orderIds.has(orderId)),
  }
}

/**
 * Until when the one who leaves holds the post, and from when the other does. The other begins on the day after the last
 * one; signed on that last day or later, at once, and both hold the post until its end: two are harmless, nobody is not.
 */
export function changeoverOf(
  lastDay: PlainDate,
  takenOn: PlainDate,
): { leaverThroughOn: PlainDate; takerFromOn: PlainDate } {
  return lastDay > takenOn
    ? { leaverThroughOn: lastDay, takerFromOn: addDays(lastDay, 1) }
    : { leaverThroughOn: takenOn, takerFromOn: takenOn }
}

export type HandOverAsked = { fromOfficerId: string; toOfficerId: string; lastDay: PlainDate }

/** Why a post cannot be handed over so, or null. */
export function refuseHandOver(
  { fromOfficerId, toOfficerId, lastDay }: HandOverAsked,
  about: { today: PlainDate; leaverHoldsPost: boolean; takerAvailable: boolean; alreadyOpen: boolean },
): StaffRefused | null {
  if (fromOfficerId === toOfficerId) return new StaffRefused('takerIsGiver')
  if (lastDay < about.today) return new StaffRefused('lastDayPast', { today: about.today })
  if (!about.leaverHoldsPost) return new StaffRefused('officerNotOnPost')
  if (!about.takerAvailable) return new StaffRefused('takerNotAvailable')
  return about.alreadyOpen ? new StaffRefused('handOverOpen') : null
}

/** How far a hand-over has come. */
export type HandOverStanding = {
  openedBy: string
  fromOfficerId: string
  toOfficerId: string
  frozenDigest: string | null
  taken: boolean
  cancelled: boolean
}

/** Why the one who leaves cannot sign a list, or null; signing again what was signed is the same signature. */
export function refuseGiving(
  standing: HandOverStanding,
  { officerId, digest, digestNow }: { officerId: string; digest: string; digestNow: string },
): StaffRefused | null {
  if (officerId !== standing.fromOfficerId) return new StaffRefused('notTheGiver')
  if (standing.cancelled) return new StaffRefused('handOverCancelled')
  if (standing.frozenDigest !== null) {
    return digest === standing.frozenDigest ? null : new StaffRefused('listNotTheFrozenOne')
  }
  return digest === digestNow ? null : new StaffRefused('listChangedSinceSeen')
}

/** Why the one who takes over cannot sign a list, or null. */
export function refuseTaking(
  standing: HandOverStanding,
  { officerId, digest }: { officerId: string; digest: string },
): StaffRefused | null {
  if (officerId !== standing.toOfficerId) return new StaffRefused('notTheTaker')
  if (standing.cancelled) return new StaffRefused('handOverCancelled')
  if (standing.frozenDigest === null) return new StaffRefused('handOverNotGiven')
  return digest === standing.frozenDigest ? null : new StaffRefused('listNotTheFrozenOne')
}

/** Why a hand-over cannot be called off, or null. */
export function refuseCancelling({ openedBy, taken }: HandOverStanding, officerId: string): StaffRefused | null {
  if (officerId !== openedBy) return new StaffRefused('notTheOpener')
  return taken ? new StaffRefused('handOverTaken') : null
}
