import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sweepOnce } from '../../api/matters/sweep.ts'
import { openMany, type Opening } from '../../activities/filing/open-many.ts'
import { addDays, dayOf, type PlainDate } from '../../domain/time/plain-date.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { findBrokenLink } from '../../prisma/stores/system/audit.ts'
import { wakeIfDormant } from '../../prisma/stores/matter/opened-matters.ts'
import { matterWorkflowId } from '../../workflows/shared/matter-contract.ts'
import { type CaseRoom, openCaseRoom, staff } from '../support/case-room.ts'
import { openingsOn } from '../support/openings.ts'

let room: CaseRoom
let today: PlainDate

beforeAll(async () => {
  room = await openCaseRoom()
  await room.startWorkers()
  today = dayOf(await readClock(room.archive.db))
})

afterAll(async () => {
  await room?.close()
})

const openings = (prefix: string, count: number, more: Partial<Opening> = {}) => openingsOn(today, prefix, count, more)
const rowOf = (id: string) => room.archive.db.matter.findUniqueOrThrow({ where: { id } })
const runsOf = async (matterId: string): Promise<number> => {
  const query = `WorkflowId = '${matterWorkflowId('ASSISTANCE_CASE', matterId)}'`
  const { count } = await room.client.workflow.count(query)
  return count
}

describe('matters that are opened together', () => {
  it('each have log, due date, desk and audit record as if they had been filed alone', async () => {
    const { opened } = await openMany(room.hands, openings('many', 450))
    expect(opened).toHaveLength(450)
    const { db } = room.archive
    const alone = await room.apply()
    const [one, other] = [await rowOf('many-449'), await rowOf(alone.matterId)]
    const seen = ({ stage, version, dueAt, ownDueAt }: typeof one) => ({ stage, version, dueAt, ownDueAt })
    expect(seen(one)).toEqual(seen(other))
    const deskOf = async (matterId: string) => {
      const tasks = await db.task.findMany({ where: { matterId, closedAt: null } })
      return tasks.map(({ officeId, role, capacity, dueAt }) => ({ officeId, role, capacity, dueAt }))
    }
    expect(await deskOf('many-449')).toEqual(await deskOf(alone.matterId))
    const dueOf = async (matterId: string) =>
      (await db.deadline.findMany({ where: { matterId } })).map((row) => ({ ...row, matterId: '' }))
    expect(await dueOf('many-449')).toEqual(await dueOf(alone.matterId))
    expect(await findBrokenLink(db, 'case:many-449')).toBeNull()
    expect(await db.auditRecord.count({ where: { register: 'case:many-449' } })).toBe(1)
  })

  it('are opened once, however often it is asked for', async () => {
    expect(await openMany(room.hands, openings('many', 450))).toMatchObject({ opened: [], withoutOffice: [] })
  })

  it('are not stopped by one whose place has no office: it is named', async () => {
    const lost = openings('lost', 1, { placeId: 'CN' })
    const { opened, withoutOffice } = await openMany(room.hands, [...openings('beside', 2), ...lost])
    expect(opened).toEqual(['beside-0', 'beside-1'])
    expect(withoutOffice).toEqual(['lost-0'])
  })
})

describe('a dormant matter', () => {
  it('has no workflow: the sweep leaves it alone until its instant has come', async () => {
    await openMany(room.hands, openings('sleeping', 3))
    const { archive, desk } = room
    expect((await sweepOnce({ archive, desk })).filter((id) => id.startsWith('sleeping'))).toEqual([])
    expect(await runsOf('sleeping-0')).toBe(0)
    expect((await rowOf('sleeping-0')).wakeAt).not.toBeNull()
  })

  it('begins one with the first act of somebody, and goes on as any other', async () => {
    const matterId = 'woken-0'
    await openMany(room.hands, openings('woken', 1))
    expect(await room.act(staff.handler, matterId, { action: 'ACCEPT' })).toMatchObject({ outcome: 'FILED' })
    expect(await rowOf(matterId)).toMatchObject({ dormant: false, stage: 'SURVEY' })
    await expect.poll(() => runsOf(matterId)).toBe(1)
    const investigatorIds = [staff.handler.id, staff.otherHandler.id]
    const begins = { action: 'BEGIN_SURVEY', details: { investigatorIds } } as const
    expect(await room.act(staff.handler, matterId, begins)).toMatchObject({ outcome: 'FILED' })
  })

  it('whose first act is refused sleeps on, and its run ends', async () => {
    const matterId = 'refused-0'
    await openMany(room.hands, openings('refused', 1))
    expect(await room.act(staff.leader, matterId, { action: 'ACCEPT' })).toMatchObject({ code: 'notYourRole' })
    expect(await rowOf(matterId)).toMatchObject({ dormant: true, version: 1 })
    const run = room.client.workflow.getHandle(matterWorkflowId('ASSISTANCE_CASE', matterId))
    await expect.poll(async () => (await run.describe()).status.name).toBe('COMPLETED')
    expect(await room.act(staff.handler, matterId, { action: 'ACCEPT' })).toMatchObject({ outcome: 'FILED' })
  })

  it('is looked at when its instant has come: late is recorded, and it sleeps on', async () => {
    const matterId = 'late-0'
    await openMany(room.hands, openings('late', 1, { occurredOn: addDays(today, -20) }))
    const { archive, desk } = room
    expect(await sweepOnce({ archive, desk })).toContain(matterId)
    await expect.poll(async () => (await rowOf(matterId)).version).toBeGreaterThan(1)
    const { dormant, wakeAt } = await rowOf(matterId)
    expect(dormant).toBe(true)
    expect(wakeAt === null || wakeAt.getTime() > Date.parse(await readClock(archive.db))).toBe(true)
    const breached = await archive.db.deadline.findFirstOrThrow({ where: { matterId, limit: 'ACCEPTANCE' } })
    expect(breached.state).toBe('BREACHED')
  })

  it('is dated for a look soon; one that is awake is not', async () => {
    const matterId = 'news-0'
    await openMany(room.hands, openings('news', 1))
    const now = new Date(await readClock(room.archive.db))
    expect(await wakeIfDormant(room.archive.db, matterId, now)).toBe(true)
    expect((await rowOf(matterId)).wakeAt).toEqual(now)
    const { matterId: awake } = await room.apply()
    expect(await wakeIfDormant(room.archive.db, awake, now)).toBe(false)
  })
})
