import type { PlainDate } from '../../../domain/time/plain-date.ts'
import type { Db } from '../../client.ts'
import { rowOfDay } from '../system/rows.ts'

/** Whether somebody of a case's household is an officer, or a relative whom an officer has filed (57 Art. 11). */
export async function isRelativeFiled(db: Db, matterId: string, today: PlainDate): Promise<boolean> {
  const day = rowOfDay(today)
  const [found] = await db.$queryRaw<{ filed: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM matter_person c JOIN person_identity i ON i."personId" = c."personId"
      WHERE c."matterId" = ${matterId} AND (
        EXISTS (SELECT FROM officer o WHERE o."identityIndex" = i."numberIndex" AND o."disabledAt" IS NULL)
        OR EXISTS (SELECT FROM officer_relative r WHERE r."identityIndex" = i."numberIndex"
          AND r."effectiveFrom" <= ${day} AND (r."effectiveTo" IS NULL OR r."effectiveTo" >= ${day}))
      )
    ) AS filed`
  return found?.filed ?? false
}
