import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lookAtCase } from '../../activities/filing/look-at-case.ts'
import { instant, plainDate } from '../../domain/time/plain-date.ts'
import { people } from '../../prisma/seed/people.ts'
import { findBrokenLink } from '../../prisma/stores/system/audit.ts'
import { readReferenceData } from '../../prisma/stores/rules/reference-data.ts'
import { setTrainingClock } from '../../prisma/stores/system/training-clock.ts'
import { noticeWith } from '../support/new-notice.ts'
import type { CaseInHand } from '../support/people/officer.ts'
import { type CounterRoom, openCounterRoom } from './support/counter-room.ts'

const administrator = people.qingyang.administrators[0]!
const handler = people.xifeng.beijie.handlers[0]!

let room: CounterRoom
let aCase: CaseInHand

beforeAll(async () => {
  room = await openCounterRoom('calendar')
  aCase = await room.world.beijie.clerk.applies(room.world.aHousehold())
})
afterAll(() => room.close())

type Strip = {
  deadline: { dueOn: string; moves: { fromDueOn: string; toDueOn: string; sentence: string }[] }
  days: { day: string; counted: boolean; place?: string; name?: string; source?: string }[]
}

const enters = (body: unknown, as = administrator, requestId: string = randomUUID()) =>
  room.send('POST', '/api/calendar-years', { as, body, headers: { 'request-id': requestId } })
const strip = async () =>
  (await room.send('GET', `/api/matters/${aCase.id}/deadlines/ACCEPTANCE/1`, { as: handler })).json() as Promise<Strip>
/** The walk that the engine would make. */
const walk = async () => {
  await lookAtCase(room.hands, { matterId: aCase.id })
  await room.owner.db.calendarRedating.updateMany({ where: { finishedAt: null }, data: { finishedAt: new Date() } })
}

describe('a notice handed in at the counter', () => {
  it('is entered once by an administrator, audited, and re-dates', async () => {
    const { dueOn } = (await strip()).deadline
    const notice = await noticeWith(room.archive, plainDate(dueOn))
    const requestId = randomUUID()
    const answers = [await enters(notice, administrator, requestId), await enters(notice, administrator, requestId)]
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    const [first, second] = await Promise.all(answers.map((answer) => answer.json()))
    expect(second).toEqual(first)
    const { redatingId } = first as { redatingId: string }
    const audited = await room.archive.db.auditRecord.findMany({ where: { register: 'calendar' } })
    expect(audited).toMatchObject([{ action: 'ENTER_CALENDAR', officerId: administrator.id, subject: redatingId }])
    expect(await findBrokenLink(room.archive.db, 'calendar')).toBeNull()

    await walk()
    const { deadline, days } = await strip()
    expect(deadline.dueOn > dueOn).toBe(true)
    expect(deadline.moves).toMatchObject([{ fromDueOn: dueOn, toDueOn: deadline.dueOn }])
    expect(deadline.moves[0]?.sentence).toMatch(/^根据.*，到期日由\d+年\d+月\d+日调整为\d+年\d+月\d+日。$/)
    expect(days.at(-1)).toMatchObject({ day: deadline.dueOn, counted: true })
    const seen = await room.send('GET', '/api/calendar-redatings', { as: administrator })
    expect(await seen.json()).toMatchObject({ redatings: [{ redatingId, moved: 1, movedLater: 1 }] })
    const again = await enters(notice)
    expect([again.status, await again.text()]).toEqual([400, expect.stringContaining('已经录入')])
  })

  it('is not taken from anybody else', async () => {
    for (const as of [handler, people.xifeng.supervisors[0]!, people.qingyang.auditors[0]!])
      expect((await enters({}, as)).status).toBe(403)
  })

  it('with mistakes is refused with all of them, and nothing is entered', async () => {
    const before = await room.archive.db.calendarYear.count()
    const answer = await enters({ year: 2031, days: [{ day: '2031-02-29', kind: 'HOLIDAY', name: '春节' }] })
    expect(answer.status).toBe(400)
    const { faults } = (await answer.json()) as { faults: { path: unknown[]; message: string }[] }
    expect(faults.map(({ path }) => path[0])).toEqual(
      expect.arrayContaining(['title', 'number', 'publishedOn', 'days']),
    )
    expect(faults.filter(({ message }) => message.startsWith('缺少法定节假日'))).toHaveLength(13)
    expect(await room.archive.db.calendarYear.count()).toBe(before)
  })

  it('is of a year or of a place, and not of both', async () => {
    const { dueOn } = (await strip()).deadline
    const both = { ...(await noticeWith(room.archive, plainDate(dueOn))), place: 'qingyang' }
    const before = await room.archive.db.localCalendarDay.count()
    const answer = await enters(both)
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { faults: [{ path: ['place'], message: expect.stringContaining('年份和地区只能填写一项') }] },
    ])
    expect(await room.archive.db.localCalendarDay.count()).toBe(before)
  })

  it('waits while the last one is still on its way', async () => {
    const { dueOn } = (await strip()).deadline
    const notice = await noticeWith(room.archive, plainDate(dueOn))
    expect((await enters(notice)).status).toBe(201)
    const next = await enters({ ...(await noticeWith(room.archive, plainDate(dueOn))), title: '又一份通知' })
    expect([next.status, await next.text()]).toEqual([400, expect.stringContaining('仍在调整')])
    await walk()
  })
})

describe('days of a place', () => {
  it('hold for its cases, are named on the strip, and for nobody else', async () => {
    const { dueOn } = (await strip()).deadline
    const local = {
      place: 'qingyang',
      title: '庆阳市人民政府办公室关于地方节日放假的通知（测试）',
      number: '庆政办发〔2000〕1号',
      days: [{ day: dueOn, kind: 'HOLIDAY', name: '地方节日' }],
    }
    const elsewhere = await enters({ ...local, place: 'nowhere' })
    expect([elsewhere.status, await elsewhere.text()]).toEqual([
      400,
      expect.stringContaining('没有编号为nowhere的地区'),
    ])
    expect((await enters(local)).status).toBe(201)
    await walk()

    const { deadline, days } = await strip()
    expect(deadline.dueOn > dueOn).toBe(true)
    expect(days.find(({ day }) => day === dueOn)).toMatchObject({
      counted: false,
      place: 'qingyang',
      name: '地方节日',
      source: '庆政办发〔2000〕1号',
    })
    const { calendarFor } = await readReferenceData(room.archive.db)
    const day = plainDate(dueOn)
    expect(calendarFor(['nantong', 'jiangsu', 'CN']).isWorkingDay(day)).toBe(true)
    expect(calendarFor(['qingyang-xifeng', 'qingyang', 'gansu', 'CN']).isWorkingDay(day)).toBe(false)
  })
})

describe('a missing notice', () => {
  it('is told to administrators from October on', async () => {
    await setTrainingClock(room.archive, instant('2033-10-02T00:00:00.000Z'))
    const answer = await room.send('GET', '/api/warnings', { as: administrator })
    const { warnings } = (await answer.json()) as { warnings: { code: string; year: number; text: string }[] }
    expect(warnings).toMatchObject([
      { code: 'NOTICE_MISSING', year: 2033 },
      { code: 'NOTICE_MISSING', year: 2034, since: '2033-10-01' },
    ])
    expect((await room.send('GET', '/api/warnings', { as: handler })).status).toBe(403)
  })
})
