import type { Parameter } from '../../domain/policy/parameters.ts'
import {
  type ParameterScope,
  type ParametersInForce,
  parametersInForce,
} from '../../domain/policy/parameters-in-force.ts'
import { type CalendarYear, createWorkCalendar, type WorkCalendar } from '../../domain/time/work-calendar.ts'
import type { Db } from '../client.ts'
import { dayOfRow } from './rows.ts'

/** Parameters and calendar as the archive holds them now. */
export type RuleBook = {
  calendar: WorkCalendar
  parametersFor(scope: ParameterScope): ParametersInForce
}

const books = new Map<string, RuleBook>()

/**
 * The rule book. Rows are only ever added, so their counts tell whether the copy in memory is still whole.
 */
export async function readRuleBook(db: Db): Promise<RuleBook> {
  const [counts] = await db.$queryRaw<{ edition: string }[]>`
    SELECT current_database() || ':' || (SELECT count(*) FROM parameter) || ':' || (SELECT count(*) FROM calendar_year)
      AS edition`
  const { edition } = counts as { edition: string }
  const known = books.get(edition)
  if (known) return known
  const book = await loadRuleBook(db)
  books.clear()
  books.set(edition, book)
  return book
}

async function loadRuleBook(db: Db): Promise<RuleBook> {
  const parameters = (await db.parameter.findMany({ orderBy: { id: 'asc' } })).map(
    (row) =>
      ({
        place: row.placeId,
        programme: row.programme,
        key: row.key,
        value: row.value,
        effectiveFrom: dayOfRow(row.effectiveFrom),
        ...(row.effectiveTo === null ? {} : { effectiveTo: dayOfRow(row.effectiveTo) }),
        source: row.source,
        assumed: row.assumed,
        ...(row.residenceKind === null ? {} : { residenceKind: row.residenceKind }),
        datePickedBy: row.datePickedBy,
      }) as Parameter,
  )
  return {
    calendar: createWorkCalendar(await readCalendar(db)),
    parametersFor: (scope) => parametersInForce(parameters, scope),
  }
}

/** The latest edition of every year; a later notice for a year is a later edition, the earlier one stays. */
async function readCalendar(db: Db): Promise<{ version: string; years: CalendarYear[] }> {
  const rows = await db.calendarYear.findMany({ orderBy: [{ year: 'asc' }, { edition: 'asc' }] })
  const latest = new Map(rows.map((row) => [row.year, row]))
  const years = [...latest.values()].map(
    (row) => ({ year: row.year, status: row.status, notice: row.notice, days: row.days }) as unknown as CalendarYear,
  )
  const version = [...latest.values()].map((row) => `${row.year}.${row.edition}`).join(' ')
  return { version: abbreviate(version), years }
}

/** Events carry the calendar's version; the first and last edition and the number of editions name it well enough. */
function abbreviate(version: string): string {
  const editions = version.split(' ')
  return editions.length < 3 ? version : `${editions[0]}–${editions.at(-1)}·${editions.length}`
}
