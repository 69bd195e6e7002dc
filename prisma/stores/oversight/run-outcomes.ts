import type { Instant } from '../../../domain/time/plain-date.ts'
import { Prisma } from '../../generated/client.ts'
import { rowOfInstant } from '../system/rows.ts'

/** When a day ends, 24:00 +08:00, for a day that a query knows. Said without a zone's name, whose rules a server looks up. */
export function endOfDaySql(day: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`((${day} + 1)::timestamp - interval '8 hours') AT TIME ZONE 'UTC'`
}

/**
 * How a run that fell due ended or stands at an instant, in the words of `runOutcomes`; the deadline is called `d`. It is
 * late by others' days only if it waited for somebody and its own days are not used up: a run that waited for nobody is
 * the office's, be its due instant moved by an extension that came too late.
 */
export function runOutcomeSql(now: Instant): Prisma.Sql {
  const byOffice = (at: Prisma.Sql) => Prisma.sql`(d.waits = '[]'::jsonb OR COALESCE(d."ownDueAt" < ${at}, false))`
  // Own days that run out at this very instant are used up.
  const atThisInstant = Prisma.sql`${rowOfInstant(now)}::timestamptz + interval '1 millisecond'`
  return Prisma.sql`CASE
    WHEN d.state = 'ENTERED_LATE' THEN 'ENTERED_LATE'
    WHEN d."stoppedOn" IS NULL THEN CASE WHEN ${byOffice(atThisInstant)} THEN 'OPEN_BY_OFFICE' ELSE 'OPEN_BY_OTHERS' END
    WHEN d.state = 'MET_LATE' THEN CASE WHEN ${byOffice(endOfDaySql(Prisma.sql`d."stoppedOn"`))}
      THEN 'LATE_BY_OFFICE' ELSE 'LATE_BY_OTHERS' END
    ELSE 'MET' END`
}
