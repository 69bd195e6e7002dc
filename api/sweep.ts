import type { Logger } from 'pino'
import { addMs, dayOf } from '../domain/time/plain-date.ts'
import type { Archive } from '../prisma/client.ts'
import { casesWithWaitingCallbacks } from '../prisma/stores/callbacks.ts'
import { findCasesUnknownToEngine, findCasesWithDuties, openCasesOfEngine } from '../prisma/stores/cases.ts'
import { readClock } from '../prisma/stores/clock.ts'
import { readNoticeWarnings } from '../prisma/stores/notice-warnings.ts'
import { acknowledgeRequest, findUnacknowledged } from '../prisma/stores/requests.ts'
import { checkDesks } from '../prisma/stores/staff-changes.ts'
import type { CaseDesk } from './case-desk.ts'

/** How long something may wait before the sweep reminds its procedure. */
const patienceMs = { callback: 2_000, act: 10_000 }
const everyMs = 5_000
const reconcileEveryMs = 60 * 60 * 1000
const warnEveryMs = 24 * 60 * 60 * 1000
/** A case may come onto a desk on which everybody is barred; the alarm is then there within this time. */
const checkDesksEveryMs = 10 * 60 * 1000
/** The engine's list of what is stuck lags by seconds anyway. */
const guardEveryMs = 10_000
const atMost = 200

/**
 * Brings the engine in line with the archive for as long as the counter is open: starts the procedure of every open case
 * that this engine has never heard of, delivers callbacks until they are taken, and reminds procedures of acts that were
 * filed when nobody was left to hear of it. It starts the re-dating that a new calendar asked for and the round of the day,
 * looks now and then for desks on which nobody can act, finds procedures that are stuck, rolls looks up and takes the seal
 * of the day, and says every day which notice is missing. All of it may be done twice.
 */
export function startSweep(deps: {
  archive: Archive
  desk: CaseDesk
  log: Logger
  startOwedRedating: () => Promise<void>
  startOwedDailyRound: () => Promise<void>
  guardProcedures: () => Promise<void>
  keepProof: () => Promise<void>
}): { stop(): Promise<void> } {
  let stopped = false
  let wake: () => void = () => undefined
  const running = (async () => {
    let reconciledAt = 0
    await lookWhereDutiesMayBe(deps).catch((error: unknown) => deps.log.warn({ err: error }, 'duties will wait'))
    let warnedAt = 0
    let guardedAt = 0
    // The round of the day checks first.
    let checkedAt = Date.now()
    while (!stopped) {
      if (Date.now() - reconciledAt > reconcileEveryMs) {
        reconciledAt = Date.now()
        await reconcile(deps).catch((error: unknown) => deps.log.warn({ err: error }, 'will reconcile again'))
      }
      if (Date.now() - warnedAt > warnEveryMs) {
        warnedAt = Date.now()
        await warnOfMissingNotices(deps).catch((error: unknown) => deps.log.warn({ err: error }, 'will warn later'))
      }
      await deps.startOwedRedating().catch((error: unknown) => deps.log.warn({ err: error }, 're-dating waits'))
      await deps.startOwedDailyRound().catch((error: unknown) => deps.log.warn({ err: error }, 'daily round waits'))
      if (Date.now() - guardedAt > guardEveryMs) {
        guardedAt = Date.now()
        await deps.guardProcedures().catch((error: unknown) => deps.log.warn({ err: error }, 'will guard again'))
      }
      await deps.keepProof().catch((error: unknown) => deps.log.warn({ err: error }, 'looks and seals wait'))
      if (Date.now() - checkedAt > checkDesksEveryMs) {
        checkedAt = Date.now()
        await checkDesksNow(deps).catch((error: unknown) => deps.log.warn({ err: error }, 'desks are checked later'))
      }
      await sweepOnce(deps).catch((error: unknown) => deps.log.warn({ err: error }, 'sweep will try again'))
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, everyMs).unref()
      })
    }
  })()
  running.catch((error: unknown) => deps.log.fatal({ err: error }, 'the sweep has ended'))
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
export async function sweepOnce({ archive, desk }: { archive: Archive; desk: CaseDesk }): Promise<string[]> {
  const now = await readClock(archive.db)
  const unknown = await findCasesUnknownToEngine(archive.db, await desk.engineId(), atMost)
  const waiting = await casesWithWaitingCallbacks(archive.db, addMs(now, -patienceMs.callback), atMost)
  const unheard = await findUnacknowledged(archive.db, addMs(now, -patienceMs.act), atMost)

  const cases = [...new Set([...unknown, ...waiting, ...unheard.map(({ caseId }) => caseId)])]
  const looked = await lookAtEach(desk, cases)
  for (const request of unheard) {
    if (looked.includes(request.caseId)) await acknowledgeRequest(archive.db, request, now)
  }
  return looked
}

/**
 * Holds archive and engine against each other, at start and every hour: each open case has one running procedure. What
 * the engine lost without losing its identity, as after a restored backup of it, is started again. Returns those cases.
 */
export async function reconcile({ archive, desk }: { archive: Archive; desk: CaseDesk }): Promise<string[]> {
  const carried = await desk.carriedCases()
  const engineId = await desk.engineId()
  const missing: string[] = []
  for (let after: string | null = null; ; ) {
    const page = await openCasesOfEngine(archive.db, engineId, { after, size: atMost })
    missing.push(...page.map(({ caseId }) => caseId).filter((caseId) => !carried.has(caseId)))
    after = page.at(-1)?.caseId ?? null
    if (page.length < atMost) break
  }
  return lookAtEach(desk, missing)
}

/**
 * At start, cases in which the procedure may owe something look once: an engine restored from an earlier moment runs on
 * without knowing that it has to.
 */
async function lookWhereDutiesMayBe({ archive, desk }: { archive: Archive; desk: CaseDesk }): Promise<void> {
  await lookAtEach(desk, await findCasesWithDuties(archive.db, atMost))
}

/** One case that cannot be reached must not keep the others waiting. Returns those that were. */
async function lookAtEach(desk: CaseDesk, cases: readonly string[]): Promise<string[]> {
  const looked: string[] = []
  for (const caseId of cases) {
    await desk.look(caseId).then(
      () => looked.push(caseId),
      () => undefined,
    )
  }
  return looked
}
