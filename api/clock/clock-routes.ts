import { addWorkingDays } from '../../domain/time/deadline.ts'
import { addMs, dayOf, type Instant, msOf, startOf, yearOf } from '../../domain/time/plain-date.ts'
import { isCalendarYearKnown } from '../../domain/time/statutory-holidays.ts'
import { stableId } from '../../platform/stable-id.ts'
import { readClock, readClockOffset } from '../../prisma/stores/system/clock.ts'
import { recallAnswer } from '../../prisma/stores/matter/answered-requests.ts'
import { findClockMove } from '../../prisma/stores/system/training-clock.ts'
import { readReferenceData } from '../../prisma/stores/rules/reference-data.ts'
import { ClockMove, ClockMoved, ClockView } from './clock-contract.ts'
import { once, refuseOtherContent } from '../http/once.ts'
import { fault } from '../http/problem.ts'
import { type Ask, route, type Route, type Services } from '../http/route.ts'

const msPerDay = 86_400_000

/** What time it is here; in a training copy also how it is made later. Production has no route for that. */
export function clockRoutes({ archive, config, trainingClock }: Services): Route[] {
  const { db } = archive
  const read = route({
    method: 'get',
    path: '/api/clock',
    summary: '时钟',
    policy: 'session',
    audits: { nothing: 'the time' },
    answer: { status: 200, schema: ClockView, description: '当前时间' },
    handle: async () => {
      const now = await readClock(db)
      const offsetMs = await readClockOffset(db)
      return { body: { now, today: dayOf(now), offsetMs, movable: config.movableClock } }
    },
  })
  if (!config.movableClock) return [read]

  const move = route({
    method: 'post',
    path: '/api/training/clock-moves',
    summary: '拨动训练时钟',
    policy: ['ADMINISTRATOR'],
    audits: { look: 'MOVE_CLOCK' },
    body: ClockMove,
    answer: { status: 200, schema: ClockMoved, description: '拨动后的时间' },
    handle: async (ask) => ({ body: await moveOnce(ask) }),
  })
  return [read, move]

  async function moveOnce(ask: Pick<Ask, 'asker' | 'requestId' | 'contentDigest'> & { body: ClockMove }) {
    const { officerId } = ask.asker
    const known = await recallAnswer<object>(archive, { officerId, requestId: ask.requestId })
    if (known !== null) {
      refuseOtherContent(known.contentDigest, ask.contentDigest)
      return known.answer
    }
    const before = await readClock(db)
    const id = stableId(officerId, ask.requestId, 'CLOCK_MOVE')
    // Sent again after a crash it goes where it went the first time: "one day on" may not count from half-way.
    const begun = await findClockMove(db, id)
    const targetAt = begun?.targetAt ?? (await targetOf(ask.body, before))
    const countable = isCalendarYearKnown(yearOf(dayOf(targetAt)))
    if (trainingClock === undefined || !countable || (begun === null && msOf(targetAt) <= msOf(before)))
      throw fault('clockNotMovable', { facts: { now: before } })
    const { now } = await trainingClock.moveTo({ id, targetAt, requestedBy: officerId })
    return once(archive, ask, { action: 'MOVE_CLOCK', matterId: null }, async () => ({ now, today: dayOf(now) }))
  }

  /** The same time of day, that many days on. */
  async function targetOf(body: ClockMove, now: Instant): Promise<Instant> {
    if ('targetAt' in body) return body.targetAt
    if ('days' in body) return addMs(now, body.days * msPerDay)
    const { calendar } = await readReferenceData(db)
    const from = dayOf(now)
    const timeOfDay = msOf(now) - msOf(startOf(from))
    return addMs(startOf(addWorkingDays({ from, days: body.workingDays, calendar })), timeOfDay)
  }
}
