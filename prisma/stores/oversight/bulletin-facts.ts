import { ratedLimits } from '../../../domain/supervision/bulletin.ts'
import type { ReportingPeriod } from '../../../domain/supervision/reporting-period.ts'
import { endOf, type Instant, startOf } from '../../../domain/time/plain-date.ts'
import type { CaseEventType } from '../../../domain/procedures/assistance-case/facts.ts'
import type { LimitKey } from '../../../domain/matter/limit-keys.ts'
import { Prisma } from '../../generated/client.ts'
import { rowOfDay, rowOfInstant } from '../system/rows.ts'
import { endOfDaySql, runOutcomeSql } from './run-outcomes.ts'

/** What is counted: a period of these counties, as it stands at an instant. */
export type Counted = { period: ReportingPeriod; countyIds: readonly string[]; now: Instant }

/**
 * Every counted fact of a period, one line each: `"matterId"`, `"limit"`, `fact`. A run belongs to the day on which it fell
 * due, everything else to the day on which it was recorded, so that each is in exactly one month and a longer period is
 * the sum of its months. Figures and the lists behind them are both taken from here.
 */
export function countedFactsSql(counted: Counted): Prisma.Sql {
  return Prisma.sql`
    ${runsSql(counted)} UNION ALL ${eventsSql(counted)} UNION ALL ${rungsSql(counted)} UNION ALL ${ordersSql(counted)}`
}

function runsSql({ period, countyIds, now }: Counted): Prisma.Sql {
  return Prisma.sql`
    SELECT d."matterId", d."limit", ${runOutcomeSql(now)} AS fact FROM deadline d
    WHERE d."countyId" = ANY(${[...countyIds]}) AND d."limit" = ANY(${[...ratedLimits]})
      AND d."dueOn" BETWEEN ${rowOfDay(period.firstDay)}::date AND ${rowOfDay(period.lastDay)}::date
      AND d."dueAt" <= ${rowOfInstant(now)} AND d.state <> 'CANCELLED'`
}

const eventTypes = [
  'APPLICATION_ACCEPTED',
  'CASE_RETURNED',
  'CASE_WITHDRAWN',
  'LIMIT_EXTENDED',
  'WAITING_BEGUN',
  'URGED',
] as const satisfies readonly CaseEventType[]

function eventsSql({ period, countyIds }: Counted): Prisma.Sql {
  return Prisma.sql`
    SELECT e."matterId", e.data->>'limit' AS "limit", CASE e.type
      WHEN 'APPLICATION_ACCEPTED' THEN 'ACCEPTANCE_TYPED_IN_LATE'
      WHEN 'CASE_RETURNED' THEN CASE e.data->>'to' WHEN 'CORRECTION' THEN 'MENDING_NOTICE' ELSE 'OTHER_RETURN' END
      WHEN 'CASE_WITHDRAWN' THEN 'WITHDRAWAL'
      WHEN 'LIMIT_EXTENDED' THEN 'EXTENSION'
      WHEN 'WAITING_BEGUN' THEN CASE e.data->'pausedLimits' WHEN '[]'::jsonb THEN 'WAITING' ELSE 'PAUSE' END
      ELSE 'URGED_BY_HAND' END AS fact
    FROM matter_event e
    WHERE e."countyId" = ANY(${[...countyIds]}) AND e.type = ANY(${[...eventTypes]})
      AND ${within(Prisma.sql`e."recordedAt"`, period)}
      AND (e.type <> 'APPLICATION_ACCEPTED' OR e."recordedAt" >= ${endOfDaySql(Prisma.sql`e."occurredOn"`)})`
}

/** Rungs that the ladder climbed by itself; what is urged by hand is an event of its own. */
function rungsSql({ period, countyIds }: Counted): Prisma.Sql {
  return Prisma.sql`
    SELECT s."matterId", s."limit", s.rung::text AS fact FROM supervision_item s
    WHERE s."countyId" = ANY(${[...countyIds]}) AND s.number = 0 AND ${within(Prisma.sql`s."openedAt"`, period)}`
}

const orderLimit: LimitKey = 'SUPERVISION_ORDER'

/** Orders by the day of issue; the days to answer one are a limit of the case, whose run has the order's number. */
function ordersSql({ period, countyIds }: Counted): Prisma.Sql {
  return Prisma.sql`
    SELECT o."matterId", o."limit", f.fact FROM supervision_order o
    LEFT JOIN deadline d ON d."matterId" = o."matterId" AND d."limit" = ${orderLimit} AND d.run = o.number
    CROSS JOIN LATERAL (VALUES ('ORDER_ISSUED', true),
      ('ORDER_ANSWERED_IN_TIME', o."answeredAt" IS NOT NULL AND d."stoppedOn" <= d."dueOn")) AS f (fact, holds)
    WHERE o."countyId" = ANY(${[...countyIds]}) AND f.holds AND ${within(Prisma.sql`o."issuedAt"`, period)}`
}

function within(at: Prisma.Sql, { firstDay, lastDay }: ReportingPeriod): Prisma.Sql {
  return Prisma.sql`${at} >= ${rowOfInstant(startOf(firstDay))}::timestamptz
    AND ${at} < ${rowOfInstant(endOf(lastDay))}::timestamptz`
}
