import { addDays, dayOf, endOf, type PlainDate } from '../../domain/time/plain-date.ts'
import { addWorkingDays } from '../../domain/time/deadline.ts'
import type { Archive } from '../../prisma/client.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { readReferenceData } from '../../prisma/stores/rules/reference-data.ts'
import { villages } from '../../prisma/seed/places.ts'

/**
 * Open cases by the thousand, each with running limits in working days that began on different days, without log and
 * procedure: what a set-wide act finds in the archive.
 */
export async function plantCases(
  { db }: Archive,
  { prefix, cases, amounts }: { prefix: string; cases: number; amounts: readonly number[] },
): Promise<void> {
  const { calendar } = await readReferenceData(db)
  const now = new Date(await readClock(db))
  const today = dayOf(await readClock(db))
  const village = { placeId: villages.beijie, countyId: 'qingyang-xifeng', residenceKind: 'URBAN' } as const
  const ids = Array.from({ length: cases }, (_, index) => `${prefix}-${String(index).padStart(6, '0')}`)
  await db.matter.createMany({
    data: ids.map((id) => ({
      id,
      kind: 'ASSISTANCE_CASE',
      number: id,
      programme: 'DIBAO' as const,
      procedureVersion: 'DIBAO-2021',
      ...village,
      stage: 'SURVEY' as const,
      version: 1,
      title: '某某',
      memberCount: 1,
      stageSince: now,
      createdAt: now,
      // Carried by no engine that a sweep would ask.
      engineId: null,
    })),
  })
  const { placeId, countyId } = village
  await db.deadline.createMany({
    data: ids.flatMap((matterId, index) =>
      amounts.map((amount, run) => {
        const startedOn = addDays(today, -(index % 3))
        const dueOn = addWorkingDays({ from: startedOn, days: amount, calendar })
        return {
          matterId,
          limit: 'TOTAL',
          run: run + 1,
          countyId,
          placeId,
          kind: 'WORKING_DAYS' as const,
          amount,
          startedOn: rowOf(startedOn),
          dueOn: rowOf(dueOn),
          dueAt: new Date(endOf(dueOn)),
          provisional: calendar.isProvisional(dueOn),
          assumed: false,
          source: '测试',
          calendarVersion: calendar.version,
          state: 'OPEN' as const,
        }
      }),
    ),
  })
}

function rowOf(day: PlainDate): Date {
  return new Date(`${day}T00:00:00.000Z`)
}
