import type { CaseEventType } from '../../domain/case/case-events.ts'
import type { PlainDate } from '../../domain/time/plain-date.ts'
import type { Db } from '../client.ts'
import { everybodysKinSql } from './recusals.ts'
import { dayOfRow } from './rows.ts'
import { type CaseScope, withinScopeSql } from './scope.ts'

/** An act of somebody who has to keep away from its case by what has been filed since. */
export type ActOfKin = {
  caseId: string
  caseNumber: string
  eventId: string
  type: CaseEventType
  occurredOn: PlainDate
  officerId: string
}

/**
 * What officers did in cases from which they have to keep away today, the latest first: who has filed a relative is let into
 * the case no more, so that all of it was done before.
 */
export async function readActsOfKin(
  db: Db,
  { scope, today, take }: { scope: CaseScope; today: PlainDate; take: number },
): Promise<ActOfKin[]> {
  const rows = await db.$queryRaw<(Omit<ActOfKin, 'occurredOn'> & { occurredOn: Date })[]>`
    SELECT DISTINCT c.id AS "caseId", c."caseNumber", e."eventId", e.type, e."occurredOn", e."officerId", e."recordedAt"
    FROM (${everybodysKinSql(today)}) k JOIN person_identity i ON i."numberIndex" = k.index
    JOIN case_person m ON m."personId" = i."personId" JOIN assistance_case c ON c.id = m."caseId"
    JOIN case_event e ON e."caseId" = c.id AND e."officerId" = k."officerId"
    WHERE ${withinScopeSql(scope)} ORDER BY e."recordedAt" DESC, e."eventId" LIMIT ${take}`
  return rows.map(({ occurredOn, caseId, caseNumber, eventId, type, officerId }) => {
    return { caseId, caseNumber, eventId, type, officerId, occurredOn: dayOfRow(occurredOn) }
  })
}
