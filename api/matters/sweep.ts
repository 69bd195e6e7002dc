import type { Logger } from 'pino'
import { addMs, dayOf } from '../../domain/time/plain-date.ts'
import type { Archive } from '../../prisma/client.ts'
import { findDormantToWake } from '../../prisma/stores/matter/opened-matters.ts'
import { casesWithWaitingCallbacks } from '../../prisma/stores/matter/callbacks.ts'
import { findCasesUnknownToEngine, findCasesWithDuties, openCasesOfEngine } from '../../prisma/stores/matter/matters.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { readNoticeWarnings } from '../../prisma/stores/oversight/notice-warnings.ts'
import { acknowledgeRequest, findUnacknowledged } from '../../prisma/stores/matter/requests.ts'
import { checkDesks } from '../../prisma/stores/staff/staff-changes.ts'
import type { MatterClient } from './matter-client.ts'

/** How long something may wait before the sweep reminds its procedure. */
const patienceMs = { callback: 2_000, act: 10_000 }
const everyMs = 5_000
const reconcileEveryMs = 60 * 60 * 1000
const warnEveryMs = 24 * 60 * 60 * 1000
/** A case may come onto a desk on which everybody is barred; the alarm is then there within this time. */
const checkDesksEveryMs = 10 * 60 * 1000
/** The engine's list of what is stuck lags by seconds anyway. */
const guardEveryMs = 10_000
const proveEveryMs = 5_000
const atMost = 200

export type SweepDeps = {
  archive: Archive
  desk: MatterClient
  log: Logger
  startOwedRedating: () => Promise<void>
  startOwedDailyRound: () => Promise<void>
  guardProcedures: () => Promise<void>
  keepProof: () => Promise<void>
}

/**
 * Brings the engine in line with the archive for as long as the counter is open: starts the procedure of every open case
 * that this engine has never heard of, delivers callbacks until they are taken, and reminds procedures of acts that were
 * filed when nobody was left to hear of it. It starts the re-dating that a new calendar asked for and the round of the day,
 * looks now and then for desks on which nobody can act, finds procedures that are stuck, rolls looks up and takes the seal
 * of the day, and says every day which notice is missing. All of it may be done twice. Guard and proof have rounds of their
 * own: no callback waits for them, nor they for it.
 */
export function startSweep(deps: SweepDeps): { stop(): Promise<void> } {
  const { log } = deps
  const loops = [
    repeat(carrying(deps), { everyMs, log }),
    repeat(async () => tried(deps.guardProcedures(), { log, otherwise: 'will guard again' }), {
      everyMs: guardEveryMs,
      log,
    }),
    repeat(async () => tried(deps.keepProof(), { log, otherwise: 'looks and seals wait' }), {
      everyMs: proveEveryMs,
      log,
    }),
  ]
  return {
    async stop() {
      await Promise.all(loops.map(async (loop) => loop.stop()))
    },
  }
}

/** The rounds that carry cases on: each step fails by itself. */
function carrying(deps: SweepDeps): () => Promise<void> {
  const { log } = deps
  let begun = false
  let reconciledAt = 0
  let warnedAt = 0
  // The round of the day checks first.
  let checkedAt = Date.now()
  return async () => {
    if (!begun) {
      begun = true
      await tried(lookWhereDutiesMayBe(deps), { log, otherwise: 'duties will wait' })
    }
    if (Date.now() - reconciledAt > reconcileEveryMs) {
      reconciledAt = Date.now()
      await tried(reconcile(deps), { log, otherwise: 'will reconcile again' })
    }
    if (Date.now() - warnedAt > warnEveryMs) {
      warnedAt = Date.now()
      await tried(warnOfMissingNotices(deps), { log, otherwise: 'will warn later' })
    }
    await tried(deps.startOwedRedating(), { log, otherwise: 're-dating waits' })
    await tried(deps.startOwedDailyRound(), { log, otherwise: 'daily round waits' })
    if (Date.now() - checkedAt > checkDesksEveryMs) {
      checkedAt = Date.now()
      await tried(checkDesksNow(deps), { log, otherwise: 'desks are checked later' })
    }
    await tried(sweepOnce(deps), { log, otherwise: 'sweep will try again' })
  }
}

async function tried(work: Promise<unknown>, { log, otherwise }: { log: Logger; otherwise: string }): Promise<void> {
  await work.catch((error: unknown) => log.warn({ err: error }, otherwise))
}

/** Does rounds one after the other, with a pause between them, until it is stopped. */
function repeat(
  round: () => Promise<void>,
  { everyMs: pauseMs, log }: { everyMs: number; log: Logger },
): { stop(): Promise<void> } {
  let stopped = false
  let wake: () => void = () => undefined
  const running = (async () => {
    while (!stopped) {
      await round()
      await new Promise<void>((resolve) => {
        wake = resolve
        if (stopped) resolve()
        setTimeout(resolve, pauseMs).unref()
      })
    }
  })()
  running.catch((error: unknown) => log.fatal({ err: error }, 'the sweep has ended'))
  return {
    async stop() {
      stopped = true
      wake()
      await running
    },
  }
}

/** A missing notice is nobody's error yet: a line in the log, at start and every day, until it is entered. */
async function warnOfMissingNotices({ archive, log }: { archive: Archive; log: Logger }): Promise<void> {
  for (const { year, since, text } of await readNoticeWarnings(archive.db)) log.warn({ year, since }, text)
}

async function checkDesksNow({ archive }: { archive: Archive }): Promise<void> {
  await checkDesks(archive, dayOf(await readClock(archive.db)))
}

/** One round. Returns the cases it reminded. */
export async function sweepOnce({ archive, desk }: { archive: Archive; desk: MatterClient }): Promise<string[]> {
  const now = await readClock(archive.db)
  const unknown = await findCasesUnknownToEngine(archive.db, await desk.engineId(), atMost)
  const waiting = await casesWithWaitingCallbacks(archive.db, addMs(now, -patienceMs.callback), atMost)
  const unheard = await findUnacknowledged(archive.db, addMs(now, -patienceMs.act), atMost)

  const dormant = await findDormantToWake(archive.db, new Date(now), atMost)

  const cases = [...new Set([...unknown, ...waiting, ...dormant, ...unheard.map(({ matterId }) => matterId)])]
  const looked = await lookAtEach(desk, cases)
  for (const request of unheard) {
    if (looked.includes(request.matterId)) await acknowledgeRequest(archive.db, request, now)
  }
  return looked
}

/**
 * Holds archive and engine against each other, at start and every hour: each open case has one running procedure. What
 * the engine lost without losing its identity, as after a restored backup of it, is started again. Returns those cases.
 */
export async function reconcile({ archive, desk }: { archive: Archive; desk: MatterClient }): Promise<string[]> {
  const carried = await desk.carriedCases()
  const engineId = await desk.engineId()
  const missing: string[] = []
  for (let after: string | null = null; ; ) {
    const page = await openCasesOfEngine(archive.db, engineId, { after, size: atMost })
    missing.push(...page.map(({ matterId }) => matterId).filter((matterId) => !carried.has(matterId)))
    after = page.at(-1)?.matterId ?? null
    if (page.length < atMost) break
  }
  return lookAtEach(desk, missing)
}

/**
 * At start, cases in which the procedure may owe something look once: an engine restored from an earlier moment runs on
 * without knowing that it has to.
 */
async function lookWhereDutiesMayBe({ archive, desk }: { archive: Archive; desk: MatterClient }): Promise<void> {
  await lookAtEach(desk, await findCasesWithDuties(archive.db, atMost))
}

/** One case that cannot be reached must not keep the others waiting. Returns those that were. */
async function lookAtEach(desk: MatterClient, cases: readonly string[]): Promise<string[]> {
  const looked: string[] = []
  for (const matterId of cases) {
    await desk.look(matterId).then(
      () => looked.push(matterId),
      () => undefined,
    )
  }
  return looked
}
