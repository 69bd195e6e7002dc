import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProofDesk } from '../../api/audit/proof-desk.ts'
import { dayOf } from '../../domain/time/plain-date.ts'
import { readSealFile, sealFileName } from '../../platform/seal-file.ts'
import { people } from '../../prisma/seed/people.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { beginOwedRound, finishDailyRound } from '../../prisma/stores/oversight/daily-rounds.ts'
import { type CounterRoom, openCounterRoom } from './support/counter-room.ts'
import { advanceTrainingClock } from './support/advance-training-clock.ts'

const administrator = people.qingyang.administrators[0]!
const dayMs = 24 * 60 * 60_000

let room: CounterRoom
let file: string
beforeAll(async () => {
  room = await openCounterRoom('seals that stop')
  file = path.join(room.config.sealDir, sealFileName)
  await room.world.beijie.clerk.applies(room.world.aHousehold())
})
afterAll(() => room?.close())

const standing = async () => {
  const { alarms } = (await (await room.send('GET', '/api/alarms', { as: administrator })).json()) as {
    alarms: { kind: string; kindLabel: string }[]
  }
  return alarms.filter(({ kind }) => kind === 'SEAL_OVERDUE')
}
const finishTheDay = async () => {
  await beginOwedRound(room.archive.db)
  await finishDailyRound(room.hands, dayOf(await readClock(room.archive.db)))
}
const deskOf = (patienceMs: number) => {
  const { archive, config } = room
  const log = { info() {}, warn() {}, error() {} } as unknown as Parameters<typeof createProofDesk>[0]['log']
  return createProofDesk({ archive, config, log, patienceMs })
}

describe('seals that stop', () => {
  it('are told to administrators when a day is over without one, and not before it has lasted', async () => {
    await deskOf(0).keep()
    expect(await standing()).toEqual([])
    await advanceTrainingClock(room.archive, dayMs)
    await deskOf(60_000).keep()
    expect(await standing()).toEqual([])
    const desk = deskOf(0)
    await desk.keep()
    await desk.keep()
    expect(await standing()).toMatchObject([{ kindLabel: '封存逾期' }])
    await finishTheDay()
    await desk.keep()
    expect(await standing()).toEqual([])
  })

  it('are told when the file lacks the last one, and it is written as soon as it can be', async () => {
    const desk = deskOf(0)
    await rm(file)
    await writeFile(file, 'not a seal\n')
    await desk.keep()
    expect(await standing()).toHaveLength(1)
    await rm(file)
    await desk.keep()
    expect(await standing()).toEqual([])
    expect((await readSealFile(file)).length).toBe(await room.archive.db.archiveSeal.count())
  })

  it('are taken though looks cannot be rolled up', async () => {
    await advanceTrainingClock(room.archive, dayMs)
    await finishTheDay()
    const before = await room.archive.db.archiveSeal.count()
    await room.owner.db.$executeRaw`REVOKE UPDATE ("rollUp") ON read_record FROM jiuzhu_api`
    try {
      await deskOf(0).keep()
    } finally {
      await room.owner.db.$executeRaw`GRANT UPDATE ("rollUp") ON read_record TO jiuzhu_api`
    }
    expect(await room.archive.db.archiveSeal.count()).toBe(before + 1)
    expect((await readSealFile(file)).length).toBe(before + 1)
  })
})
