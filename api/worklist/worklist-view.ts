import { waitedForPartyLabels } from '../../domain/labels.ts'
import { stageLabels } from '../../domain/procedures/words.ts'
import { limitLabels } from '../../domain/matter/limit-keys.ts'
import { instantText, recordId } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { soonUntil } from '../../domain/supervision/due-standing.ts'
import { addWorkingDays } from '../../domain/time/deadline.ts'
import { dayOf, endOf, type Instant, type PlainDate } from '../../domain/time/plain-date.ts'
import type { WorkCalendar } from '../../domain/time/work-calendar.ts'
import type { Archive } from '../../prisma/client.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { readPlaces } from '../../prisma/stores/staff/places.ts'
import { readCalendarsOf } from '../../prisma/stores/rules/place-calendars.ts'
import { readReferenceData } from '../../prisma/stores/rules/reference-data.ts'
import { caseScopeOf, placesBelow } from '../../prisma/stores/matter/scope.ts'
import { namesOfOfficers } from '../../prisma/stores/staff/staff.ts'
import { countWork, readDoneWork, readOpenWork, type WorkRow } from '../../prisma/stores/matter/worklist.ts'
import type { Worklist, WorklistQuery } from './worklist-contract.ts'
import type { Asker } from '../http/identity.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import { workingDaysLeft } from '../matters/working-days.ts'

const Mark = z.strictObject({ at: instantText.nullable(), taskId: recordId })

/** One page of the desk of a post, with how much lies on it in all. */
export async function worklistView({ db }: Archive, asker: Asker, query: WorklistQuery): Promise<Worklist> {
  const now = await readClock(db)
  const today = dayOf(now)
  const scope = await caseScopeOf(db, asker, today)
  const ruleBook = await readReferenceData(db)
  const { calendar } = ruleBook
  const filter = {
    scope,
    stage: query.stage,
    limit: query.limit,
    search: query.q,
    placeIds: query.placeId === undefined ? undefined : await placesBelow(db, query.placeId),
    assigneeId: query.assigned === undefined ? undefined : query.assigned === 'mine' ? asker.officerId : null,
    dueUntil: untilWorkingDay(query.dueWithinWorkingDays, today, calendar),
    after: readCursor(Mark, query.cursor) as { at: Instant | null; taskId: string } | undefined,
    take: query.pageSize + 1,
  }
  const open = query.status === 'open'
  const rows = open ? await readOpenWork(db, asker, filter) : await readDoneWork(db, asker.officerId, filter)
  const page = rows.slice(0, query.pageSize)
  const last = page.at(-1)
  const names = await namesOfPlaces(db, page, today)
  const officers = await namesOfOfficers(
    db,
    page.flatMap(({ assigneeId }) => assigneeId ?? []),
  )
  const calendarOf = await readCalendarsOf(
    db,
    ruleBook,
    page.map(({ placeId }) => placeId),
  )
  return {
    items: page.map((row) =>
      itemOf(row, {
        placeName: names.get(row.placeId) ?? '',
        assigneeName: row.assigneeId === null ? null : (officers.get(row.assigneeId) ?? null),
        now,
        today,
        calendar: calendarOf(row.placeId),
      }),
    ),
    counts: await countWork(db, asker, {
      scope,
      now,
      soonUntil: soonUntil(today, calendar)[3],
    }),
    nextCursor:
      rows.length > page.length && last
        ? writeCursor({ at: open ? last.dueAt : last.closedAt, taskId: last.taskId })
        : null,
  }
}

function untilWorkingDay(days: number | undefined, today: PlainDate, calendar: WorkCalendar): Instant | undefined {
  return days === undefined ? undefined : endOf(addWorkingDays({ from: today, days, calendar }))
}

async function namesOfPlaces(
  db: Archive['db'],
  rows: readonly WorkRow[],
  today: PlainDate,
): Promise<Map<string, string>> {
  const places = await readPlaces(db, [...new Set(rows.map(({ placeId }) => placeId))], today)
  return new Map(places.map(({ placeId, name }) => [placeId, name]))
}

type Around = { placeName: string; assigneeName: string | null; now: Instant; today: PlainDate; calendar: WorkCalendar }

function itemOf(row: WorkRow, { placeName, assigneeName, now, today, calendar }: Around): Worklist['items'][number] {
  const { dueOn, dueAt, limit, waits } = row
  const waitsFor = waits.find((wait) => wait.through === null)?.waitsFor ?? null
  return {
    ...row,
    placeName,
    assigneeName,
    waitsFor,
    waitsForLabel: waitsFor === null ? null : waitedForPartyLabels[waitsFor],
    stageLabel: stageLabels[row.stage],
    limitLabel: limit === null ? null : limitLabels[limit],
    remainingWorkingDays: dueOn === null ? null : workingDaysLeft(today, dueOn, calendar),
    overdue: dueAt !== null && dueAt <= now,
  }
}
