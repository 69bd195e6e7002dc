import { absenceCauseLabels } from '../../domain/labels.ts'
import { z } from '../../domain/schemas/zod.ts'
import { plainDate, recordId } from '../../domain/schemas/nouns.ts'
import { dayOf } from '../../domain/time/plain-date.ts'
import type { Archive } from '../../prisma/client.ts'
import { type AbsenceRow, readAbsences } from '../../prisma/stores/staff/absences.ts'
import { officesArrangedBy } from '../../prisma/stores/staff/arranging.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import type { Absences, AbsencesQuery } from './absence-contract.ts'
import type { Asker } from '../http/identity.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'

const Mark = z.strictObject({ fromOn: plainDate, absenceId: recordId })

/** One page of the absences that concern somebody: of their office, of what they arrange, and their own. */
export async function absencesView({ db }: Archive, asker: Asker, query: AbsencesQuery): Promise<Absences> {
  const today = dayOf(await readClock(db))
  const arranged = (await officesArrangedBy(db, asker, today)).map(({ officeId }) => officeId)
  const rows = await readAbsences(db, {
    officeIds: [asker.officeId, ...arranged],
    officerId: asker.officerId,
    since: query.since ?? today,
    after: readCursor(Mark, query.cursor),
    take: query.pageSize + 1,
  })
  const page = rows.slice(0, query.pageSize)
  const last = page.at(-1)
  const nextCursor =
    rows.length > page.length && last ? writeCursor({ fromOn: last.fromOn, absenceId: last.absenceId }) : null
  return { absences: page.map((row) => itemOf(row, asker, arranged)), nextCursor }
}

/** Why somebody is away may be about their health: colleagues see the days and the stand-in. */
function itemOf(row: AbsenceRow, asker: Asker, arranged: readonly string[]): Absences['absences'][number] {
  const seesCause = row.officerId === asker.officerId || arranged.includes(row.officeId)
  return {
    ...row,
    cause: seesCause ? row.cause : null,
    causeLabel: seesCause ? absenceCauseLabels[row.cause] : null,
  }
}
