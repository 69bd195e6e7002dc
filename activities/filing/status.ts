import { isOpen } from '../../domain/matter/state.ts'
import { type Instant, msOf } from '../../domain/time/plain-date.ts'
import { nextDueAt } from '../../prisma/stores/matter/deadlines.ts'
import { setWakeAt } from '../../prisma/stores/matter/matters.ts'
import type { LockedMatter } from '../../prisma/stores/matter/locked-matter.ts'
import type { MatterStatus } from '../contract.ts'
import { filingOf } from '../procedures/index.ts'

/** A timer wakes a little after its instant, so that a clock that is a moment behind does not wake in vain. */
const wakeMarginMs = 500

/** Where a matter stands: what is allowed, what the procedure owes now, and when time alone changes something. */
export async function statusOf(matter: LockedMatter): Promise<MatterStatus> {
  const { state, row, now } = matter
  if (!isOpen(state)) return { version: state.version, stage: state.stage, duties: [], wakeAfterMs: null }

  const asked = await filingOf(matter).askAgainAt(matter)
  const owed = matter.procedure.dutiesOf(state)
  const dueAt = nextDueAt(matter.deadlines)
  if (row.dormant) return sleepOn(matter, dueAt)
  return {
    version: state.version,
    stage: state.stage,
    duties: owed.filter((duty) => isDue(asked[duty], now)),
    wakeAfterMs: soonest([
      untilMs(dueAt, now, wakeMarginMs + spreadOf(row.id)),
      ...owed.map((duty) => untilMs(asked[duty] ?? null, now, wakeMarginMs)),
    ]),
  }
}

/** Nobody carries it: what time changes next is when it is looked at next. */
async function sleepOn({ state, tx, row }: LockedMatter, dueAt: Instant | null): Promise<MatterStatus> {
  await setWakeAt(tx, row.id, dueAt)
  return { version: state.version, stage: state.stage, duties: [], wakeAfterMs: null, dormant: true }
}

function isDue(at: Instant | null | undefined, now: Instant): boolean {
  return !at || at <= now
}

/** Until an instant ahead and a little beyond it; null for one that has passed or is none. */
function untilMs(at: Instant | null, now: Instant, marginMs: number): number | null {
  return at === null || at <= now ? null : msOf(at) - msOf(now) + marginMs
}

function soonest(waits: readonly (number | null)[]): number | null {
  const ahead = waits.filter((wait) => wait !== null)
  return ahead.length === 0 ? null : Math.min(...ahead)
}

/** Up to a minute, always the same for a case, so that what is due at one midnight does not wake at one instant. */
function spreadOf(matterId: string): number {
  let sum = 0
  for (const character of matterId) sum = (sum * 31 + character.charCodeAt(0)) % 1000
  return sum * 60
}
