import { setTimeout as sleep } from 'node:timers/promises'
import { startOwedRedating } from '../../../api/rules/redating-desk.ts'
import { addWorkingDays } from '../../../domain/time/deadline.ts'
import { addDays, dayOf, type PlainDate } from '../../../domain/time/plain-date.ts'
import { readClock } from '../../../prisma/stores/system/clock.ts'
import { readRedatingReport } from '../../../prisma/stores/rules/redatings.ts'
import { dayOfRow } from '../../../prisma/stores/system/rows.ts'
import { readReferenceData } from '../../../prisma/stores/rules/reference-data.ts'
import { plantCases } from '../../../test/support/many-cases.ts'
import { enterNotice } from '../../../test/support/new-notice.ts'
import type { Build } from '../build.ts'
import { roundsOf, runFixedRate } from '../fixed-rate.ts'
import { seedHouseholds } from '../household.ts'
import { openOurs } from '../ours/ours.ts'
import { percentile } from '../percentile.ts'
import type { Site } from '../site.ts'

type RoundTrips = { median: number; p95: number; longest: number; acts: number }

/** `seconds` from the entry of the notice until the last row; `wrong` due dates by counting each of them anew. */
export type RedatingFigures = {
  seconds: number
  moved: number
  wrong: number
  calm: RoundTrips
  /** Null where the worker was killed: nobody is answered then. */
  meanwhile: RoundTrips | null
}

export type RedatingOptions = { deadlines: number; rate: number; seconds: number; killAfterMs: number | null }

/** Limits of the length that the rules know, so that those of a case end on different days. */
const amounts = [10, 15, 30, 45]
const beginsAfterMs = 5_000

/** Plants running limits, lets people work, enters a late notice and counts how long it takes and whether it is right. */
export async function measureRedating(
  site: Site,
  { deadlines, rate, seconds, killAfterMs }: RedatingOptions,
): Promise<RedatingFigures> {
  const { archive } = site
  const build = await openOurs(site)
  try {
    await plantCases(archive, { prefix: 'planted', cases: Math.ceil(deadlines / amounts.length), amounts })
    const calm = await work(site, build, { rate, seconds: Math.min(seconds, 20) })
    const day = await workingDayAhead(site)
    const [meanwhile, took] = await Promise.all([
      killAfterMs === null ? work(site, build, { rate, seconds }) : null,
      sleep(beginsAfterMs).then(async () => redateAndWait(site, day)),
      killAfterMs === null
        ? null
        : sleep(beginsAfterMs + killAfterMs).then(() => process.kill(workerOf(build), 'SIGKILL')),
    ])
    return { ...took, wrong: await countWrong(site), calm, meanwhile }
  } finally {
    await build.close()
  }
}

async function work(
  { archive }: Site,
  build: Build,
  { rate, seconds }: { rate: number; seconds: number },
): Promise<RoundTrips> {
  const { abreast, rounds } = roundsOf({ rate, seconds })
  const trips = await runFixedRate(build, await seedHouseholds(archive, abreast * rounds), rate)
  return {
    median: percentile(trips, 0.5),
    p95: percentile(trips, 0.95),
    longest: Math.max(...trips),
    acts: trips.length,
  }
}

function workerOf(build: Build): number {
  return build.pids['worker'] as number
}

async function redateAndWait(site: Site, day: PlainDate): Promise<{ seconds: number; moved: number }> {
  const { archive } = site
  const start = performance.now()
  const redatingId = await enterNotice(archive, day)
  await startOwedRedating(site)
  for (;;) {
    const { finishedAt, moved } = await readRedatingReport(archive.db, redatingId)
    if (finishedAt !== null) return { seconds: (performance.now() - start) / 1000, moved }
    await sleep(50)
  }
}

/** A working day that lies inside all planted limits. */
async function workingDayAhead({ archive: { db } }: Site): Promise<PlainDate> {
  const { calendar } = await readReferenceData(db)
  let day = addDays(dayOf(await readClock(db)), 3)
  while (!calendar.isWorkingDay(day)) day = addDays(day, 1)
  return day
}

async function countWrong({ archive: { db } }: Site): Promise<number> {
  const { calendar } = await readReferenceData(db)
  const rows = await db.deadline.findMany({ where: { stoppedOn: null, kind: 'WORKING_DAYS' } })
  return rows.filter(
    ({ startedOn, amount, dueOn }) =>
      addWorkingDays({ from: dayOfRow(startedOn), days: amount, calendar }) !== dayOfRow(dueOn),
  ).length
}
