import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOwedRedating } from '../../api/rules/redating-desk.ts'
import { openMany } from '../../activities/filing/open-many.ts'
import { lookAtCase } from '../../activities/filing/look-at-case.ts'
import { addWorkingDays } from '../../domain/time/deadline.ts'
import { pendingSources } from '../../domain/procedures/assistance-case/state.ts'
import { addDays, addMs, dayOf, dayOfWeek, endOf, msOf, type PlainDate, startOf } from '../../domain/time/plain-date.ts'
import { findBrokenLink } from '../../prisma/stores/system/audit.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { readKeptBreaches } from '../../prisma/stores/oversight/kept-breaches.ts'
import { lockCase } from '../../prisma/stores/matter/lock-matter.ts'
import { findDormantToWake } from '../../prisma/stores/matter/opened-matters.ts'
import { redateNextCases } from '../../prisma/stores/rules/redating-batches.ts'
import { findRedatingUnderway, readRedatingReport } from '../../prisma/stores/rules/redatings.ts'
import { dayOfRow, instantOfRow } from '../../prisma/stores/system/rows.ts'
import { readReferenceData } from '../../prisma/stores/rules/reference-data.ts'
import { inOneTransaction } from '../../prisma/stores/system/transaction.ts'
import { setTrainingClock } from '../../prisma/stores/system/training-clock.ts'
import { matterWorkflowId } from '../../workflows/shared/matter-contract.ts'
import { calendarRedatingWorkflowId } from '../../workflows/calendar-redating/contract.ts'
import { type CaseRoom, openCaseRoom, staff } from '../support/case-room.ts'
import { keepHistoryOf } from '../support/kept-histories.ts'
import { plantCases } from '../support/many-cases.ts'
import { enterNotice } from '../support/new-notice.ts'
import { openingsOn } from '../support/openings.ts'

let room: CaseRoom
let workers: { stop(): Promise<void> }

beforeAll(async () => {
  room = await openCaseRoom()
  workers = await room.startWorkers()
})

afterAll(async () => {
  await room?.close()
})

const minutes = 60_000
const now = () => readClock(room.archive.db)
const untilClock = async (day: PlainDate, ms: number) =>
  room.timePasses(msOf(addMs(endOf(day), ms)) - msOf(await now()))
const deadlineOf = (matterId: string, limit: string) =>
  room.archive.db.deadline.findUniqueOrThrow({ where: { matterId_limit_run: { matterId, limit, run: 1 } } })
const movesOf = (matterId: string) => room.archive.db.deadlineMove.findMany({ where: { matterId } })
const breachesOf = async (matterId: string) =>
  (await room.events(matterId)).flatMap((event) => (event.type === 'LIMIT_BREACHED' ? [event.data] : []))

async function redated(redatingId: string) {
  await startOwedRedating(room)
  await expect.poll(() => findRedatingUnderway(room.archive.db), { timeout: 30_000 }).toBeNull()
  return readRedatingReport(room.archive.db, redatingId)
}

/** How many timers and signals the history of a procedure holds. */
async function wakes(matterId: string) {
  const { events = [] } = await room.client.workflow
    .getHandle(matterWorkflowId('ASSISTANCE_CASE', matterId))
    .fetchHistory()
  const count = (
    field: 'timerStartedEventAttributes' | 'timerFiredEventAttributes' | 'workflowExecutionSignaledEventAttributes',
  ) => (events ?? []).filter((event) => event[field]).length
  return {
    started: count('timerStartedEventAttributes'),
    fired: count('timerFiredEventAttributes'),
    signalled: count('workflowExecutionSignaledEventAttributes'),
  }
}

/** Morning of the next Thursday from which three ordinary working days lie around an ordinary weekend. */
async function onAnOrdinaryThursday(): Promise<PlainDate> {
  const { calendar } = await readReferenceData(room.archive.db)
  const reasons = ['WORKDAY', 'WEEKEND', 'WEEKEND', 'WORKDAY', 'WORKDAY', 'WORKDAY']
  let day = addDays(dayOf(await now()), 1)
  const ordinary = () =>
    reasons.every((reason, index) => calendar.explain(addDays(day, index + 1)).reason === reason) &&
    day.slice(0, 4) === addDays(day, 6).slice(0, 4)
  while (dayOfWeek(day) !== 4 || !ordinary()) day = addDays(day, 1)
  await room.timePasses(msOf(addMs(startOf(day), 9 * 60 * minutes)) - msOf(await now()))
  return day
}

describe('a notice that comes late', () => {
  it('moves a running limit later without waking anybody: the timer of the old date looks, and is set again', async () => {
    const { matterId } = await room.apply()
    const from = dayOfRow((await deadlineOf(matterId, 'ACCEPTANCE')).dueOn)
    await expect.poll(async () => (await wakes(matterId)).started).toBe(1)

    const report = await redated(await enterNotice(room.archive, from))
    const { calendar } = await readReferenceData(room.archive.db)
    const to = addWorkingDays({ from, days: 1, calendar })
    expect(report).toMatchObject({ movedEarlier: 0, movedLater: report.moved })
    expect(await movesOf(matterId)).toMatchObject([
      {
        limit: 'ACCEPTANCE',
        redatingId: report.redatingId,
        reason: report.reason,
        calendarVersionAfter: calendar.version,
      },
    ])
    expect(dayOfRow((await deadlineOf(matterId, 'ACCEPTANCE')).dueOn)).toBe(to)
    expect(await wakes(matterId)).toEqual({ started: 1, fired: 0, signalled: 0 })

    await untilClock(from, 5 * minutes)
    await expect.poll(() => wakes(matterId)).toEqual({ started: 2, fired: 1, signalled: 0 })
    expect(await breachesOf(matterId)).toEqual([])

    await untilClock(to, 5 * minutes)
    await room.until(matterId, ({ breached }) => breached.length > 0)
    expect(await breachesOf(matterId)).toEqual([{ limit: 'ACCEPTANCE', run: 1, dueAt: endOf(to) }])
  })

  it('wakes the procedure of a limit that moves earlier', async () => {
    const thursday = await onAnOrdinaryThursday()
    const { matterId } = await room.apply()
    await room.act(staff.handler, matterId, { action: 'ACCEPT' })
    await room.until(matterId, ({ matching }) => matching !== null)
    await room.timePasses(3_700_000)
    await room.until(matterId, (state) => pendingSources(state).length === 0)
    const [saturday, monday, tuesday] = [2, 4, 5].map((days) => addDays(thursday, days)) as [
      PlainDate,
      PlainDate,
      PlainDate,
    ]
    expect(dayOfRow((await deadlineOf(matterId, 'SURVEY_START')).dueOn)).toBe(tuesday)
    // The timer of the limit that ended with the acceptance has rung: one is left, for Tuesday.
    await untilClock(addDays(thursday, 1), 5 * minutes)
    const before = await wakes(matterId)
    expect(before.started - before.fired).toBe(1)

    const report = await redated(await enterNotice(room.archive, saturday))
    expect(report.movedEarlier).toBeGreaterThan(0)
    expect(dayOfRow((await deadlineOf(matterId, 'SURVEY_START')).dueOn)).toBe(monday)
    await expect
      .poll(() => wakes(matterId))
      .toEqual({ ...before, started: before.started + 1, signalled: before.signalled + 1 })

    await untilClock(monday, 5 * minutes)
    await room.until(matterId, ({ breached }) => breached.length > 0)
    expect(await breachesOf(matterId)).toEqual([{ limit: 'SURVEY_START', run: 1, dueAt: endOf(monday) }])

    const workflowId = calendarRedatingWorkflowId(report.redatingId)
    await room.client.workflow.getHandle(workflowId).result()
    await keepHistoryOf(room.client, workflowId, 'calendar-redating')
  })

  it('has a dormant matter looked at whose limit moves earlier: nobody else would wake it in time', async () => {
    const thursday = await onAnOrdinaryThursday()
    const [matterId, friday] = ['asleep-0', addDays(thursday, 1)]
    await untilClock(thursday, 9 * 60 * minutes)
    await openMany(room.hands, openingsOn(friday, 'asleep', 1))
    const before = await deadlineOf(matterId, 'ACCEPTANCE')
    expect(await findDormantToWake(room.archive.db, new Date(await now()), 10)).toEqual([])
    await redated(await enterNotice(room.archive, addDays(thursday, 2)))
    expect((await deadlineOf(matterId, 'ACCEPTANCE')).dueAt.getTime()).toBeLessThan(before.dueAt.getTime())
    expect(await findDormantToWake(room.archive.db, new Date(await now()), 10)).toEqual([matterId])

    await lookAtCase(room.hands, { matterId })
    expect(await findDormantToWake(room.archive.db, new Date(await now()), 10)).toEqual([])
    // What is counted next begins on an ordinary Monday.
    await untilClock(addDays(thursday, 3), 9 * 60 * minutes)
  })

  it('never un-misses what was missed before it came, recorded or not', async () => {
    const [recorded, unrecorded] = [(await room.apply()).matterId, (await room.apply()).matterId]
    const due = dayOfRow((await deadlineOf(recorded, 'ACCEPTANCE')).dueOn)
    await workers.stop()
    await setTrainingClock(room.archive, addMs(endOf(due), 10 * minutes))
    await lookAtCase(room.hands, { matterId: recorded })
    const redatingId = await enterNotice(room.archive, due)
    // Nobody has looked at the second one since.
    expect((await deadlineOf(unrecorded, 'ACCEPTANCE')).breachedAt).toBeNull()
    workers = await room.startWorkers()
    await redated(redatingId)

    for (const matterId of [recorded, unrecorded]) {
      expect(await breachesOf(matterId)).toEqual([{ limit: 'ACCEPTANCE', run: 1, dueAt: endOf(due) }])
      expect(await movesOf(matterId)).toEqual([])
      const deadline = await deadlineOf(matterId, 'ACCEPTANCE')
      expect([deadline.state, dayOfRow(deadline.dueOn)]).toEqual(['BREACHED', due])
    }
    const numbers = (await readKeptBreaches(room.archive.db)).map(({ matterNumber }) => matterNumber)
    expect(numbers).toEqual(expect.arrayContaining([recorded, unrecorded]))

    await room.act(staff.handler, unrecorded, { action: 'ACCEPT' })
    const after = await deadlineOf(unrecorded, 'ACCEPTANCE')
    expect([after.state, dayOfRow(after.dueOn)]).toEqual(['MET_LATE', due])
  })

  it('is taken by a filing that comes before the walk, with the same words', async () => {
    const { matterId } = await room.apply()
    const from = dayOfRow((await deadlineOf(matterId, 'ACCEPTANCE')).dueOn)
    const redatingId = await enterNotice(room.archive, from)
    await lookAtCase(room.hands, { matterId })
    expect(await movesOf(matterId)).toMatchObject([{ limit: 'ACCEPTANCE', redatingId }])
    await redated(redatingId)
    expect(await movesOf(matterId)).toHaveLength(1)
  })

  it('passes over a case in which somebody is filing, and comes back to it', async () => {
    const { matterId } = await room.apply()
    const from = dayOfRow((await deadlineOf(matterId, 'ACCEPTANCE')).dueOn)
    const redatingId = await enterNotice(room.archive, from)
    const all = { redatingId, after: null, size: 1000 }
    await inOneTransaction(room.archive, async (filing) => {
      await lockCase(filing, matterId)
      const batch = await redateNextCases(room.hands, all)
      expect(batch.skipped).toBe(1)
    })
    expect(await movesOf(matterId)).toEqual([])
    await redated(redatingId)
    expect(await movesOf(matterId)).toHaveLength(1)
  })
})

describe('a re-dating', () => {
  it('that an engine lost half-way begins anew, moves the rest and nothing twice', { timeout: 120_000 }, async () => {
    const cases = 2_000
    const amounts = [10, 20]
    await plantCases(room.owner, { prefix: 'lost', cases, amounts })
    const { db } = room.archive
    const inside = addDays(dayOf(await now()), 4)
    const { calendar: before } = await readReferenceData(db)
    const worked = [0, 1, 2, 3]
      .map((more) => addDays(inside, more))
      .find((day) => before.isWorkingDay(day)) as PlainDate
    const redatingId = await enterNotice(room.archive, worked)

    await startOwedRedating(room)
    const movesSoFar = () => db.deadlineMove.count({ where: { redatingId } })
    await expect.poll(movesSoFar, { interval: 5, timeout: 20_000 }).toBeGreaterThan(0)
    await room.client.workflow.getHandle(calendarRedatingWorkflowId(redatingId)).terminate('engine lost')
    await workers.stop()
    workers = await room.startWorkers()
    const report = await redated(redatingId)
    await pause(500)

    const { calendar } = await readReferenceData(db)
    const rows = await db.deadline.findMany({ where: { matterId: { startsWith: 'lost-' } } })
    const wrong = rows.filter(
      ({ startedOn, amount, dueOn }) =>
        dayOfRow(dueOn) !== addWorkingDays({ from: dayOfRow(startedOn), days: amount, calendar }),
    )
    expect([rows.length, wrong]).toEqual([cases * amounts.length, []])
    const moves = await db.deadlineMove.findMany({ where: { redatingId, matterId: { startsWith: 'lost-' } } })
    expect(moves).toHaveLength(cases * amounts.length)
    expect(report.moved).toBe(await movesSoFar())
    for (const { fromDueAt, toDueAt } of moves) expect(instantOfRow(toDueAt) > instantOfRow(fromDueAt)).toBe(true)
    expect(await findBrokenLink(db, 'calendar')).toBeNull()
  })
})
