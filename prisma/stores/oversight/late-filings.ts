import type { CaseEventType } from '../../../domain/procedures/assistance-case/facts.ts'
import type { PlainDate } from '../../../domain/time/plain-date.ts'
import type { Db } from '../../client.ts'
import { Prisma } from '../../generated/client.ts'
import { personSql } from '../staff/duties.ts'
import { dayOfRow } from '../system/rows.ts'
import { type CaseScope, withinScopeSql } from '../matter/scope.ts'

/** An act of somebody who should have kept away from its case, by what was filed after it. */
export type ActOfKin = {
  matterId: string
  matterNumber: string
  eventId: string
  type: CaseEventType
  occurredOn: PlainDate
  officerId: string
}

/**
 * What officers did in cases of their own household, or of a relative's while the relation lasted, the latest first. Who has
 * filed a relative is let into the case no more, so that all of it was done before the filing.
 */
export async function readActsOfKin(db: Db, { scope, take }: { scope: CaseScope; take: number }): Promise<ActOfKin[]> {
  const rows = await db.$queryRaw<(Omit<ActOfKin, 'occurredOn'> & { occurredOn: Date })[]>`
    SELECT DISTINCT c.id AS "matterId", c.number AS "matterNumber", e."eventId", e.type, e."occurredOn", e."officerId", e."recordedAt"
    FROM ${actsOfKinSql} JOIN matter c ON c.id = e."matterId"
    WHERE ${withinScopeSql(scope)} ORDER BY e."recordedAt" DESC, e."eventId" LIMIT ${take}`
  return rows.map(({ occurredOn, matterId, matterNumber, eventId, type, officerId }) => {
    return { matterId, matterNumber, eventId, type, officerId, occurredOn: dayOfRow(occurredOn) }
  })
}

/** The same in one case, by the ids of its events. */
export async function findActsOfKin(db: Db, matterId: string): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ eventId: string }[]>`
    SELECT DISTINCT e."eventId" FROM ${actsOfKinSql} WHERE e."matterId" = ${matterId}`
  return new Set(rows.map(({ eventId }) => eventId))
}

/** Events `e` of officers in cases of their own, and of relatives of the days on which they were. */
const actsOfKinSql = Prisma.sql`(
    SELECT o.id AS "officerId", o."identityIndex" AS index, NULL::date AS "from", NULL::date AS "through"
    FROM officer o WHERE o."identityIndex" IS NOT NULL
    UNION ALL
    SELECT mine.id, r."identityIndex", r."effectiveFrom", r."effectiveTo" FROM officer_relative r
    JOIN officer filed ON filed.id = r."officerId" JOIN officer mine ON ${personSql('mine')} = ${personSql('filed')}
  ) k JOIN person_identity i ON i."numberIndex" = k.index JOIN matter_person m ON m."personId" = i."personId"
  JOIN matter_event e ON e."matterId" = m."matterId" AND e."officerId" = k."officerId"
    AND (k."from" IS NULL OR e."occurredOn" >= k."from") AND (k."through" IS NULL OR e."occurredOn" <= k."through")`
