import { alarmKindLabels, roleLabels } from '../../domain/labels.ts'
import { stageLabels } from '../../domain/procedures/words.ts'
import { instantText, recordId } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { dayOf } from '../../domain/time/plain-date.ts'
import type { Archive } from '../../prisma/client.ts'
import { readAlarms } from '../../prisma/stores/oversight/alarms.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { officesInArea } from '../../prisma/stores/staff/offices.ts'
import { countOrphans, findOrphans, type OrphanRow } from '../../prisma/stores/oversight/orphans.ts'
import type { Alarms, AlarmsQuery, Orphans, OrphansQuery } from './alarm-contract.ts'
import type { Asker } from '../http/identity.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'

const AlarmMark = z.strictObject({ raisedAt: instantText, alarmId: recordId })
const OrphanMark = z.strictObject({ taskId: recordId })

/** One page of the alarms of the asker's area. */
export async function alarmsView({ db }: Archive, asker: Asker, query: AlarmsQuery): Promise<Alarms> {
  const offices = await officesInArea(db, asker.officeId, dayOf(await readClock(db)))
  const rows = await readAlarms(db, {
    officeIds: offices.map(({ officeId }) => officeId),
    standing: query.status === 'standing',
    after: readCursor(AlarmMark, query.cursor),
    take: query.pageSize + 1,
  })
  const page = rows.slice(0, query.pageSize)
  const last = page.at(-1)
  return {
    alarms: page.map((alarm) => ({
      ...alarm,
      kindLabel: alarmKindLabels[alarm.kind],
      roleLabel: roleLabels[alarm.role],
      stageLabel: alarm.stage === null ? null : stageLabels[alarm.stage],
    })),
    nextCursor:
      rows.length > page.length && last ? writeCursor({ raisedAt: last.raisedAt, alarmId: last.alarmId }) : null,
  }
}

/** One page of the open steps of the asker's area that nobody can take at this moment, with how many there are. */
export async function orphansView({ db }: Archive, asker: Asker, query: OrphansQuery): Promise<Orphans> {
  const day = dayOf(await readClock(db))
  const offices = await officesInArea(db, asker.officeId, day)
  const officeIds = offices.map(({ officeId }) => officeId)
  const after = readCursor(OrphanMark, query.cursor)?.taskId
  const rows = await findOrphans(db, { officeIds, day, after, take: query.pageSize + 1 })
  const page = rows.slice(0, query.pageSize)
  const last = page.at(-1)
  const nameOf = new Map(offices.map(({ officeId, name }) => [officeId, name]))
  return {
    count: rows.length === 0 && after === undefined ? 0 : await countOrphans(db, { officeIds, day }),
    orphans: page.map((row) => orphanOf(row, nameOf.get(row.officeId) ?? '')),
    nextCursor: rows.length > page.length && last ? writeCursor({ taskId: last.taskId }) : null,
  }
}

function orphanOf(row: OrphanRow, officeName: string): Orphans['orphans'][number] {
  const vacant = row.filledBy === 0
  return {
    ...row,
    officeName,
    stageLabel: stageLabels[row.stage],
    roleLabel: roleLabels[row.role],
    reason: vacant ? 'POST_VACANT' : 'ALL_BARRED',
    reasonLabel: vacant ? '岗位无人在岗' : '在岗人员均须回避或者已在本案担任其他身份',
  }
}
