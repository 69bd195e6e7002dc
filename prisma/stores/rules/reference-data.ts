import { noDocument, type Parameter } from '../../../domain/policy/parameters.ts'
import {
  type ParameterScope,
  type ParametersInForce,
  parametersInForce,
} from '../../../domain/policy/parameters-in-force.ts'
import type { PlainDate } from '../../../domain/time/plain-date.ts'
import type { WorkCalendar } from '../../../domain/time/work-calendar.ts'
import type { Db } from '../../client.ts'
import { type Parameter as ParameterRow, Prisma } from '../../generated/client.ts'
import { type CalendarArchive, readCalendarArchive } from './calendar-store.ts'
import { findRedatingUnderway, type RedatingUnderway } from './redatings.ts'
import { dayOfRow } from '../system/rows.ts'

/** Parameters and calendar as the archive holds them now. */
export type RuleBook = {
  /** The nation's calendar; a place may have days of its own. */
  calendar: WorkCalendar
  /** The calendar of a place, from itself up to the nation; as it was known under a name, or as it is now. */
  calendarFor: (placeChain: readonly string[], knownAs?: string) => WorkCalendar
  placesWithOwnDays: ReadonlySet<string>
  parametersFor(scope: ParameterScope): ParametersInForce
  /** A new calendar that has not reached every open due date yet. */
  redating: RedatingUnderway | null
}

/** How rows that were there before {@link noDocument} say the same; they are never changed. */
const noDocumentOnce = 'design choice'

const books = new Map<string, RuleBook>()

/**
 * The rule book. Rows are only ever added, so their counts tell whether the copy in memory is still whole.
 */
export async function readReferenceData(db: Db): Promise<RuleBook> {
  const [counts] = await db.$queryRaw<{ edition: string }[]>`SELECT ${editionSql} AS edition`
  const { edition } = counts as { edition: string }
  return referenceDataOf(db, edition)
}

/** Rows are only ever added, so that their counts name what is there. */
export const editionSql = Prisma.sql`concat_ws(':', current_database(), (SELECT count(*) FROM parameter),
  (SELECT count(*) FROM calendar_year), (SELECT count(*) FROM local_calendar_day),
  (SELECT id FROM calendar_redating WHERE "finishedAt" IS NULL))`

/** The same for whoever has read already which edition it is. */
export async function referenceDataOf(db: Db, edition: string): Promise<RuleBook> {
  const known = books.get(edition)
  if (known) return known
  const book = await loadRuleBook(db)
  books.clear()
  books.set(edition, book)
  return book
}

async function loadRuleBook(db: Db): Promise<RuleBook> {
  const parameters = await readParameters(db)
  const archive = await readCalendarArchive(db)
  const calendarFor = rememberCalendars(archive)
  return {
    calendar: calendarFor([]),
    calendarFor,
    placesWithOwnDays: archive.placesWithOwnDays,
    parametersFor: (scope) => parametersInForce(parameters, scope),
    // After the calendar: a calendar that is new without its re-dating would move due dates without a word.
    redating: await findRedatingUnderway(db),
  }
}

/** Most places have no day of their own, and few calendars are asked for again and again. */
function rememberCalendars(archive: CalendarArchive): RuleBook['calendarFor'] {
  const calendars = new Map<string, WorkCalendar>()
  return (placeChain, knownAs) => {
    const chain = placeChain.filter((place) => archive.placesWithOwnDays.has(place))
    const key = `${knownAs ?? ''} ${chain.join(' ')}`
    const calendar = calendars.get(key) ?? archive.calendarOf(chain, knownAs)
    calendars.set(key, calendar)
    return calendar
  }
}

async function readParameters(db: Db): Promise<Parameter[]> {
  return (await db.parameter.findMany({ orderBy: { id: 'asc' } })).map(parameterOf)
}

/** The first day on which an application falls under rules that the archive has; null where it has none at all. */
export async function firstDayOfRules(db: Db): Promise<PlainDate | null> {
  const { _min } = await db.parameter.aggregate({ where: { key: 'limit.acceptance' }, _min: { effectiveFrom: true } })
  return _min.effectiveFrom === null ? null : dayOfRow(_min.effectiveFrom)
}

/** Rows by the names under which assessments and findings cite them. */
export async function readParametersNamed(db: Db, names: readonly string[]): Promise<Parameter[]> {
  return (await db.parameter.findMany({ where: { id: { in: [...names] } }, orderBy: { id: 'asc' } })).map(parameterOf)
}

function parameterOf(row: ParameterRow): Parameter {
  return {
    place: row.placeId,
    programme: row.programme,
    key: row.key,
    value: row.value,
    effectiveFrom: dayOfRow(row.effectiveFrom),
    ...(row.effectiveTo === null ? {} : { effectiveTo: dayOfRow(row.effectiveTo) }),
    source: row.source === noDocumentOnce ? noDocument : row.source,
    assumed: row.assumed,
    ...(row.residenceKind === null ? {} : { residenceKind: row.residenceKind }),
    datePickedBy: row.datePickedBy,
  } as Parameter
}
