import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOwedDailyRound } from '../../api/clock/daily-round-desk.ts'
import { addDays, dayOf, type PlainDate } from '../../domain/time/plain-date.ts'
import { people, postId } from '../../prisma/seed/people.ts'
import { findBrokenLink } from '../../prisma/stores/system/audit.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { rowOfDay } from '../../prisma/stores/system/rows.ts'
import { dailyRoundWorkflowId } from '../../workflows/daily-round/contract.ts'
import { type CaseRoom, openCaseRoom, staff, surveyed } from '../support/case-room.ts'
import { keepHistoryOf } from '../support/kept-histories.ts'

let room: CaseRoom
let workers: { stop(): Promise<void> }

beforeAll(async () => {
  room = await openCaseRoom()
  workers = await room.startWorkers()
})
afterAll(async () => {
  await room?.close()
})

const msPerDay = 86_400_000
const clerkPost = postId(people.xifeng.beijie.clerks[0]!)
const today = async () => dayOf(await readClock(room.archive.db))
const roundOf = (day: PlainDate) => room.archive.db.dailyRound.findUnique({ where: { day: rowOfDay(day) } })
const runsOf = async (day: PlainDate) => {
  const runs = []
  const query = `WorkflowId = '${dailyRoundWorkflowId(day)}'`
  for await (const run of room.client.workflow.list({ query })) runs.push(run.status.name)
  return runs
}
const standing = () => room.archive.db.alarm.findMany({ where: { clearedAt: null } })

async function finished(day: PlainDate) {
  await startOwedDailyRound(room)
  await expect.poll(async () => (await roundOf(day))?.finishedAt ?? null, { timeout: 30_000 }).not.toBeNull()
  return roundOf(day)
}

/** As an office would be found that nobody told the system about: the holding has run out by itself. */
const runsOut = async (officerId: string, lastDay: PlainDate) =>
  room.owner.db.postHolding.updateMany({ where: { officerId }, data: { effectiveTo: rowOfDay(lastDay) } })

describe('the round of a day', () => {
  it('is made once, however often it is asked for', async () => {
    const day = await today()
    await Promise.all([startOwedDailyRound(room), startOwedDailyRound(room), startOwedDailyRound(room)])
    expect(await finished(day)).toMatchObject({ orphans: 0 })
    await startOwedDailyRound(room)
    await expect.poll(() => runsOf(day)).toEqual(['COMPLETED'])
    const { db } = room.archive
    expect(await db.auditRecord.count({ where: { register: 'daily-round', subject: day } })).toBe(1)
    expect(await findBrokenLink(db, 'daily-round')).toBeNull()
  })

  it('finds the post that nobody fills from that day on and what lies on it, and clears the alarm of one that is filled', async () => {
    const { matterId } = await room.apply()
    await runsOut(staff.handler.id, await today())
    await runsOut(staff.otherHandler.id, await today())
    await room.timePasses(msPerDay)
    const day = await today()
    expect(await finished(day)).toMatchObject({ orphans: 1 })
    expect(await standing()).toMatchObject([{ kind: 'POST_VACANT', role: 'TOWNSHIP_HANDLER' }])
    const forecasts = { register: 'forecast:qingyang-xifeng', subject: day }
    expect(await room.archive.db.auditRecord.count({ where: forecasts })).toBe(1)

    const { db } = room.archive
    await db.postHolding.updateMany({ where: { officerId: staff.handler.id }, data: { effectiveTo: null } })
    await db.postHolding.updateMany({ where: { officerId: staff.otherHandler.id }, data: { effectiveTo: null } })
    await room.timePasses(msPerDay)
    expect(await finished(await today())).toMatchObject({ orphans: 0 })
    expect(await standing()).toEqual([])
    expect(await findBrokenLink(db, 'staff:qingyang-xifeng')).toBeNull()
    await room.act(staff.clerk, matterId, { action: 'WITHDRAW', papers: [['REASON', '已就业']] })
    await room.client.workflow.getHandle(dailyRoundWorkflowId(day)).result()
    await keepHistoryOf(room.client, dailyRoundWorkflowId(day), 'daily-round')
  })

  it('that an engine lost begins anew and ends once', async () => {
    await workers.stop()
    await room.timePasses(msPerDay)
    const day = await today()
    await startOwedDailyRound(room)
    await room.client.workflow.getHandle(dailyRoundWorkflowId(day)).terminate('engine lost')
    expect(await roundOf(day)).toMatchObject({ finishedAt: null })
    workers = await room.startWorkers()
    await finished(day)
    await expect.poll(async () => (await runsOf(day)).toSorted()).toEqual(['COMPLETED', 'TERMINATED'])
  })

  it('of days that the training clock jumps over is not made up for: the day on which it stops finds what they left', async () => {
    const before = await today()
    await runsOut(staff.clerk.id, addDays(before, 2))
    await room.timePasses(6 * msPerDay)
    const day = await today()
    await finished(day)
    const rounds = await room.archive.db.dailyRound.findMany({ where: { day: { gt: rowOfDay(before) } } })
    expect(rounds.map((round) => round.day)).toEqual([rowOfDay(day)])
    expect(await standing()).toMatchObject([{ kind: 'POST_VACANT', subject: clerkPost }])
  })
})

describe('places that merge or move, by the commands of the job sheet', () => {
  const sheet = readFileSync(new URL('../../docs/tasks/places-merge-or-move.md', import.meta.url), 'utf8')
  const command = (word: string) =>
    sheet
      .split('\n')
      .find((line) => line.includes('npm run move-place') && line.includes(word))
      ?.split(' -- ')[1] ?? ''
  const says = async (asWritten: string) => {
    const args = asWritten.replace('<the day, YYYY-MM-DD>', await today()).split(' ')
    const env = { ...process.env, DATABASE_URL: room.ownerUrl }
    const { stdout } = await promisify(execFile)(process.execPath, ['scripts/move-place.ts', ...args], { env })
    return stdout
  }
  const dongzhi = people.xifeng.dongzhi.handlers[0]!
  const deskOf = async (matterId: string) => {
    const tasks = await room.archive.db.task.findMany({ where: { matterId, closedAt: null } })
    return tasks.map(({ officeId, role }) => `${officeId} ${role}`)
  }
  let matterId: string

  beforeAll(async () => {
    await room.owner.db.postHolding.updateMany({ data: { effectiveTo: null } })
    matterId = (await room.apply()).matterId
    await surveyed(room, matterId)
    const assessmentId = await room.assessment(staff.leader, matterId)
    const finding = { agrees: true, assessmentId, category: null, unknownSources: [] }
    await room.act(staff.leader, matterId, { action: 'GIVE_OPINION', details: finding, papers: [['OPINION', '同意']] })
    await room.act(staff.handler, matterId, { action: 'POST_NOTICE', papers: [['NOTICE_SHEET', '{}']] })
  }, 60_000)

  it('take the steps of a merged township to the desk that answers now, while its notice hangs', async () => {
    expect(await says(command('--look'))).toContain('desk than theirs: 0')
    expect(await deskOf(matterId)).toEqual(['xf-beijie TOWNSHIP_HANDLER'])
    expect(await says(command('--merge'))).toMatch(/MERGED\n.*Steps moved: [1-9]/s)
    expect(await says(command('--merge'))).toMatch(/MERGED_BEFORE\n.*Steps moved: 0/s)
    expect(await deskOf(matterId)).toEqual(['xf-dongzhi TOWNSHIP_HANDLER'])

    await room.timePasses(8 * msPerDay)
    await room.until(matterId, ({ stage }) => stage === 'HANDING_UP')
    expect(await deskOf(matterId)).toEqual(['xf-dongzhi TOWNSHIP_HANDLER'])
    expect(await room.act(staff.handler, matterId, { action: 'HAND_UP' })).toMatchObject({ code: 'outsideYourArea' })
    expect(await room.act(dongzhi, matterId, { action: 'HAND_UP' })).toMatchObject({ outcome: 'FILED' })
    expect(await findBrokenLink(room.archive.db, 'staff:qingyang-xifeng')).toBeNull()
  })

  it('that leave a step without an office raise the alarm the same day, until one answers', async () => {
    const { matterId: another } = await room.apply()
    const lastDay = rowOfDay(await today())
    const beijie = { placeId: 'qingyang-xifeng-beijie', effectiveTo: null }
    await room.owner.db.jurisdiction.updateMany({ where: beijie, data: { effectiveTo: lastDay } })
    await room.timePasses(msPerDay)
    await finished(await today())
    const lost = () => room.archive.db.alarm.findMany({ where: { kind: 'NO_OFFICE', clearedAt: null } })
    expect(await lost()).toMatchObject([{ matterId: another, role: 'COUNTY_SUPERVISOR' }])

    const ended = { placeId: 'qingyang-xifeng-beijie', effectiveTo: lastDay }
    await room.owner.db.jurisdiction.updateMany({ where: ended, data: { effectiveTo: null } })
    await room.timePasses(msPerDay)
    await finished(await today())
    expect(await lost()).toEqual([])
  })

  it('move a village to another township of its county, and refuse what cannot be', async () => {
    expect(await says(command('--village'))).toMatch(/MOVED\n/)
    expect(await says(command('--village'))).toMatch(/MOVED_BEFORE\n/)
    await expect(says('--village qingyang-xifeng-beijie --to qingyang-xifeng-dongzhi')).rejects.toThrow('is no village')
    await expect(says('--village qingyang-xifeng-dongzhi-cuigou --to nantong-chongchuan-jiangpan')).rejects.toThrow(
      'another county',
    )
    await expect(says('--merge nantong-chongchuan-haobin --into qingyang-xifeng-dongzhi')).rejects.toThrow('one county')
  })
})
