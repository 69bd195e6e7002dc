import { roleLabels, supervisionRungLabels } from '../../domain/labels.ts'
import { stageLabels } from '../../domain/procedures/words.ts'
import { limitKeys, limitLabels } from '../../domain/matter/limit-keys.ts'
import { instantText, recordId } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { chargedDays } from '../../domain/time/charged-days.ts'
import { dayOf } from '../../domain/time/plain-date.ts'
import type { Archive } from '../../prisma/client.ts'
import { readHolders } from '../../prisma/stores/matter/case-status.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import {
  type OverdueMark,
  type OverdueRow,
  readOverdue,
  readSupervision,
} from '../../prisma/stores/oversight/overdue.ts'
import { readPlaces } from '../../prisma/stores/staff/places.ts'
import { readCalendarsOf } from '../../prisma/stores/rules/place-calendars.ts'
import { readReferenceData } from '../../prisma/stores/rules/reference-data.ts'
import { caseScopeOf, placesBelow } from '../../prisma/stores/matter/scope.ts'
import { namesOfOfficers } from '../../prisma/stores/staff/staff.ts'
import type { Overdue, OverdueQuery } from './overdue-contract.ts'
import type { Asker } from '../http/identity.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import { workingDaysLeft } from '../matters/working-days.ts'

const Mark = z.strictObject({
  dueAt: instantText,
  matterId: recordId,
  limit: z.enum(limitKeys),
  run: z.int(),
})

/** One page of what is overdue in the asker's area, with on whose desk it lies and who was told. */
export async function overdueView({ db }: Archive, asker: Asker, query: OverdueQuery): Promise<Overdue> {
  const now = await readClock(db)
  const today = dayOf(now)
  const after = readCursor(Mark, query.cursor) as OverdueMark | undefined
  const rows = await readOverdue(db, {
    scope: await caseScopeOf(db, asker, today),
    ...(query.placeId === undefined ? {} : { placeIds: await placesBelow(db, query.placeId) }),
    ...(after ? { after } : {}),
    now,
    take: query.pageSize + 1,
  })
  const page = rows.slice(0, query.pageSize)
  const around = await readAround(db, page, today)
  const last = page.at(-1)
  return {
    items: page.map((row) => itemOf(row, around)),
    nextCursor: rows.length > page.length && last ? writeCursor(markOf(last)) : null,
  }
}

async function readAround(db: Archive['db'], page: readonly OverdueRow[], today: ReturnType<typeof dayOf>) {
  const matterIds = [...new Set(page.map(({ matterId }) => matterId))]
  const places = await readPlaces(db, [...new Set(page.map(({ placeId }) => placeId))], today)
  const supervision = await readSupervision(db, matterIds)
  return {
    today,
    calendarOf: await readCalendarsOf(
      db,
      await readReferenceData(db),
      page.map(({ placeId }) => placeId),
    ),
    holders: await readHolders(db, matterIds),
    supervision,
    placeNames: new Map(places.map(({ placeId, name }) => [placeId, name])),
    officerNames: await namesOfOfficers(
      db,
      supervision.flatMap(({ seenBy }) => seenBy ?? []),
    ),
  }
}

type Around = Awaited<ReturnType<typeof readAround>>

function itemOf(row: OverdueRow, { today, calendarOf, ...around }: Around): Overdue['items'][number] {
  const { kind, startedOn: from, waits, ...shown } = row
  const calendar = calendarOf(row.placeId)
  return {
    ...shown,
    chargedDays: chargedDays({ from, through: today, kind, waits, calendar }),
    placeName: around.placeNames.get(row.placeId) ?? '',
    stageLabel: stageLabels[row.stage],
    limitLabel: limitLabels[row.limit],
    overdueWorkingDays: Math.max(0, -workingDaysLeft(today, row.dueOn, calendar)),
    holders: around.holders
      .filter(({ matterId }) => matterId === row.matterId)
      .map(({ officeName, role, since }) => ({ officeName, role, roleLabel: roleLabels[role], since })),
    supervision: around.supervision
      .filter(({ matterId, limit, run }) => matterId === row.matterId && limit === row.limit && run === row.run)
      .map(({ seenBy, ...item }) => ({
        ...item,
        rungLabel: supervisionRungLabels[item.rung],
        seenByName: seenBy === null ? null : (around.officerNames.get(seenBy) ?? null),
      })),
  }
}

function markOf({ dueAt, matterId, limit, run }: OverdueRow): OverdueMark {
  return { dueAt, matterId, limit, run }
}
