import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileAct } from '../../activities/filing/file-act.ts'
import { lockRow, readLockedRows } from '../../prisma/stores/matter/locked-rows.ts'
import { eventOfRow } from '../../prisma/stores/matter/matter-events.ts'
import { type CaseRoom, openCaseRoom, staff } from '../support/case-room.ts'

let room: CaseRoom
const applied: string[] = []

beforeAll(async () => {
  room = await openCaseRoom()
  const workers = await room.startWorkers()
  const first = await room.apply()
  while (applied.length < 2) applied.push((await room.apply()).matterId)
  // Nobody else speaks to the database while it is listened to.
  await workers.stop()
  // The first filing of a process reads parameters and calendar; they stay in memory.
  await countedAct(first.matterId)
})

afterAll(async () => {
  await room?.close()
})

/** What a filing says to the database, in the order in which it says it. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const said: string[] = []
  const query = Object.getOwnPropertyDescriptor(pg.Client.prototype, 'query') as PropertyDescriptor
  const original = query.value as (this: pg.Client, ...args: unknown[]) => unknown
  Object.defineProperty(pg.Client.prototype, 'query', {
    ...query,
    value(this: pg.Client, ...args: unknown[]) {
      const [first] = args as [string | { text?: string }]
      said.push((typeof first === 'string' ? first : (first.text ?? '')).replaceAll(/\s+/g, ' ').trim())
      return original.apply(this, args)
    },
  })
  try {
    await work()
  } finally {
    Object.defineProperty(pg.Client.prototype, 'query', query)
  }
  return said
}

async function countedAct(matterId: string): Promise<string[]> {
  const requestId = await room.writeDown(staff.handler, matterId, { action: 'ACCEPT' })
  const { version } = await room.archive.db.matter.findUniqueOrThrow({ where: { id: matterId } })
  const act = { matterId, officerId: staff.handler.id, requestId, knownVersion: version }
  return statementsOf(async () => expect(await fileAct(room.hands, act)).toMatchObject({ outcome: 'FILED' }))
}

describe('filing an act', () => {
  it('says no more than sixteen things to the database, beginning and committing included', async () => {
    const said = await countedAct(applied[0] as string)
    expect(said.length, said.join('\n')).toBeLessThanOrEqual(16)
  })

  it('reads everything of the matter in one statement after its lock', async () => {
    const said = await countedAct(applied[1] as string)
    const reads = said.filter((text) => /^(SELECT|WITH)/.test(text) && /matter_event|deadline|task/.test(text))
    expect(reads).toHaveLength(1)
  })

  it('reads the same rows as are read one table at a time', async () => {
    const { db } = room.archive
    const matterId = applied[0] as string
    const where = { matterId }
    const request = await db.request.findFirstOrThrow({ where })
    const matter = await db.matter.findUniqueOrThrow({ where: { id: matterId } })
    expect(await lockRow(db, matterId)).toEqual(matter)
    const rows = await readLockedRows(db, matter, request)
    const events = await db.matterEventRow.findMany({ where, orderBy: { seq: 'asc' } })
    expect(rows.events).toEqual(events.map(eventOfRow))
    expect(rows.deadlines).toEqual(await db.deadline.findMany({ where, orderBy: [{ limit: 'asc' }, { run: 'asc' }] }))
    expect(rows.tasks).toEqual(await db.task.findMany({ where: { ...where, closedAt: null }, orderBy: { id: 'asc' } }))
    expect(rows.request).toEqual(request)
    for (const read of [rows.events, rows.deadlines, rows.tasks]) expect(read).not.toHaveLength(0)
  })
})
