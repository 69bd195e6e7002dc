import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { foldCase } from '../../domain/procedures/assistance-case/case.ts'
import {
  addDays,
  addMonths,
  dayOf,
  daysBetween,
  firstDayOf,
  firstOfNextMonth,
  monthOf,
  nextMonth,
  type PlainDate,
} from '../../domain/time/plain-date.ts'
import { matchingSources } from '../../domain/vocabulary.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { caseAtCounty, type CaseRoom, openCaseRoom, staff, surveyed } from '../support/case-room.ts'

const msPerDay = 86_400_000
const papers: [['OPINION', string]] = [['OPINION', '同意']]
const finding = { category: null, unknownSources: [] }
/** What one person without income gets in the seeded city, and by the standards to which it is raised here. */
const [beforeFen, raisedFen, raisedAgainFen] = [700_00, 720_00, 740_00]

let room: CaseRoom

beforeAll(async () => {
  room = await openCaseRoom()
  await room.startWorkers()
})
afterAll(() => room?.close())

const today = async () => dayOf(await readClock(room.archive.db))
const stateOf = async (matterId: string) => foldCase(await room.events(matterId))

async function untilDay(day: PlainDate): Promise<void> {
  const days = daysBetween(await today(), day)
  if (days > 0) await room.timePasses(days * msPerDay)
}

/** A document raises the urban standard of the city from the first day of a month on. */
async function raisesStandard(from: PlainDate, toFen: number): Promise<void> {
  await room.ask(
    `INSERT INTO parameter (id, "placeId", programme, key, "residenceKind", value, "effectiveFrom", source, assumed, "datePickedBy")
     VALUES ($1, 'qingyang', 'DIBAO', 'dibao.standardMonthlyFen', 'URBAN', $2, $3, '关于提高城市低保标准的通知（测试）', false, 'MONTH_PAID')`,
    [`qingyang/test-${randomUUID()}@${from}`, String(toFen), from],
  )
}

describe('an act that is typed in after the month has turned', () => {
  it('is confirmed by the standard of the day on which it was decided, and not by that of the day of typing', async () => {
    const matterId = await caseAtCounty(room)
    const reviewed = { ...finding, agrees: true, assessmentId: await room.assessment(staff.countyHandler, matterId) }
    await room.act(staff.countyHandler, matterId, { action: 'REVIEW_FILE', details: reviewed, papers })
    const decidedOn = await today()
    const monthPaid = nextMonth(monthOf(decidedOn))
    await raisesStandard(firstDayOf(nextMonth(monthPaid)), raisedFen)
    await untilDay(addDays(firstOfNextMonth(decidedOn), 1))

    const ofTyping = await room.assessment(staff.approver, matterId)
    const confirm = (assessmentId: string) =>
      room.act(staff.approver, matterId, {
        action: 'CONFIRM',
        details: { ...finding, assessmentId },
        papers,
        occurredOn: decidedOn,
      })
    expect(await confirm(ofTyping)).toMatchObject({ outcome: 'REFUSED', code: 'assessmentForAnotherDay' })
    expect(await confirm(await room.assessment(staff.approver, matterId, decidedOn))).toMatchObject({
      outcome: 'FILED',
    })

    expect(await stateOf(matterId)).toMatchObject({
      decidedOn,
      firstMonth: monthPaid,
      decision: { amountFen: beforeFen },
    })
    const { id: benefitId } = await room.archive.db.benefit.findUniqueOrThrow({ where: { matterId } })
    const { monthlyAmountFen } = await room.archive.db.benefitVersion.findFirstOrThrow({ where: { benefitId } })
    expect(monthlyAmountFen).toBe(BigInt(beforeFen))
  })
})

describe('a standard that rises while a file lies at the county', () => {
  it('is granted without a new notice, and both amounts stay on file with the document', async () => {
    const matterId = await caseAtCounty(room)
    const posted = (await stateOf(matterId)).opinion?.amountFen as number
    const rise = addMonths(firstOfNextMonth(await today()), 1)
    await raisesStandard(rise, raisedAgainFen)
    await untilDay(addDays(rise, -20))
    const assessmentId = await room.assessment(staff.countyHandler, matterId)
    const details = { ...finding, agrees: true, assessmentId }
    expect(await room.act(staff.countyHandler, matterId, { action: 'REVIEW_FILE', details, papers })).toMatchObject({
      outcome: 'FILED',
    })
    const { review } = await stateOf(matterId)
    expect(posted).toBeLessThan(raisedAgainFen)
    expect(review).toMatchObject({ amountFen: raisedAgainFen, raised: { postedFen: posted } })
    expect(review?.raised?.parameterRows.join()).toContain(rise)
  })
})

describe('the total', () => {
  it('is extended before it has run out, and never afterwards', async () => {
    const { matterId } = await room.apply()
    await room.act(staff.handler, matterId, { action: 'ACCEPT' })
    const [due] = (await room.ask(
      `SELECT "dueOn"::text AS on FROM deadline WHERE "matterId" = $1 AND "limit" = 'TOTAL'`,
      [matterId],
    )) as { on: PlainDate }[]
    const dueOn = due?.on as PlainDate
    await untilDay(addDays(dueOn, 1))
    const extend = (occurredOn: PlainDate) =>
      room.act(staff.leader, matterId, {
        action: 'EXTEND',
        details: { cause: 'HARD_SURVEY' },
        papers: [['REASON', '调查难度较大']],
        occurredOn,
      })
    expect(await extend(addDays(dueOn, 1))).toMatchObject({ outcome: 'REFUSED', code: 'totalRunOut' })
    expect(await extend(dueOn)).toMatchObject({ outcome: 'FILED' })
  })
})

// Last in the file: what registers say runs out soon from here on.
describe('an answer that has run out', () => {
  it('is signed for by name, like one that never came', async () => {
    const { matterId } = await room.apply()
    await surveyed(room, matterId)
    await room.ask(
      `INSERT INTO parameter (id, "placeId", programme, key, value, "effectiveFrom", source, assumed, "datePickedBy")
       VALUES ('qingyang/test-shelf-life', 'qingyang', 'DIBAO', 'matching.shelfLifeDays', '2', $1, '测试', false, 'DECISION')`,
      [await today()],
    )
    await room.timePasses(4 * msPerDay)
    const assessmentId = await room.assessment(staff.leader, matterId)
    const gives = (unknownSources: readonly string[]) =>
      room.act(staff.leader, matterId, {
        action: 'GIVE_OPINION',
        details: { agrees: true, category: null, assessmentId, unknownSources },
        papers,
      })
    expect(await gives([])).toMatchObject({ outcome: 'REFUSED', code: 'matchingExpired' })
    expect(await gives(matchingSources)).toMatchObject({ outcome: 'FILED' })
  })
})
