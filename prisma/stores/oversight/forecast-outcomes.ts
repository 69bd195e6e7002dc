import type { RunOutcome } from '../../../domain/supervision/bulletin.ts'
import { endOf, type Instant, type PlainDate } from '../../../domain/time/plain-date.ts'
import type { Db } from '../../client.ts'
import { foreseenLimits } from './open-clocks.ts'
import { dayOfRow, rowOfDay, rowOfInstant } from '../system/rows.ts'
import { runOutcomeSql } from './run-outcomes.ts'
import { type CaseArea, countedInAreaSql } from '../matter/scope.ts'

/** Runs that fell due at a place on a day and ended alike. `foreseeable`: they ran already when the forecast was made. */
export type CameRow = { placeId: string; dueOn: PlainDate; outcome: RunOutcome; foreseeable: boolean; runs: number }

/**
 * What came of the days after a forecast was made, as far as they are over. What was withdrawn in time no longer counts, nor
 * what was late before and got another due day by an extension: nobody had to foresee it.
 */
export async function readWhatCame(
  db: Db,
  { scope, madeOn, until, now }: { scope: CaseArea; madeOn: PlainDate; until: PlainDate; now: Instant },
): Promise<CameRow[]> {
  const rows = await db.$queryRaw<(Omit<CameRow, 'dueOn'> & { dueOn: Date })[]>`
    SELECT c."placeId", d."dueOn", ${runOutcomeSql(now)} AS outcome,
      d."startedOn" <= ${rowOfDay(madeOn)}::date AS foreseeable, count(*)::int AS runs
    FROM deadline d JOIN matter c ON c.id = d."matterId"
    WHERE d."dueOn" > ${rowOfDay(madeOn)}::date AND d."dueOn" <= ${rowOfDay(until)}::date
      AND d."dueAt" <= ${rowOfInstant(now)}
      AND (d."breachedAt" IS NULL OR d."breachedAt" >= ${rowOfInstant(endOf(madeOn))}) AND d.state <> 'CANCELLED' AND d."limit" = ANY(${[...foreseenLimits]})
      AND ${countedInAreaSql(scope)}
    GROUP BY 1, 2, 3, 4`
  return rows.map((row) => ({ ...row, dueOn: dayOfRow(row.dueOn) }))
}
