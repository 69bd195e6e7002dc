import { type LimitKey, limitLabels } from '../../../domain/matter/limit-keys.ts'
import { dueDate } from '../../../domain/time/deadline.ts'
import type { PlainDate } from '../../../domain/time/plain-date.ts'
import type { Db } from '../../client.ts'
import { readCalendarsOf } from '../rules/place-calendars.ts'
import { dayOfRow, waitsOfRow } from '../system/rows.ts'
import { readReferenceData } from '../rules/reference-data.ts'

/** A limit that was missed by the calendar of its day and would be due on another day by today's. */
export type KeptBreach = { matterNumber: string; limitLabel: string; dueOn: PlainDate; wouldBeDueOn: PlainDate }

/** What a new calendar left as it was: missed stays missed, but whoever is answerable is told. */
export async function readKeptBreaches(db: Db): Promise<KeptBreach[]> {
  const rows = await db.deadline.findMany({
    where: { stoppedOn: null, breachedAt: { not: null }, kind: 'WORKING_DAYS' },
    include: { matter: { select: { number: true } } },
    orderBy: [{ dueAt: 'asc' }, { matterId: 'asc' }],
  })
  const calendarOf = await readCalendarsOf(
    db,
    await readReferenceData(db),
    rows.map(({ placeId }) => placeId),
  )
  return rows.flatMap((row) => {
    const dueOn = dayOfRow(row.dueOn)
    const { dueOn: wouldBeDueOn } = dueDate({
      from: dayOfRow(row.startedOn),
      limit: { kind: 'WORKING_DAYS', amount: row.amount },
      calendar: calendarOf(row.placeId),
      standstills: waitsOfRow(row.waits).filter(({ paused }) => paused),
    })
    const limitLabel = limitLabels[row.limit as LimitKey]
    return wouldBeDueOn === dueOn ? [] : [{ matterNumber: row.matter.number, limitLabel, dueOn, wouldBeDueOn }]
  })
}
