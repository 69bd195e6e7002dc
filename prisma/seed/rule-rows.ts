import { readFile } from 'node:fs/promises'
import { type Parameter, parameterId } from '../../domain/policy/parameters.ts'
import type { CalendarYear } from '../../domain/time/work-calendar.ts'
import type { Prisma } from '../generated/client.ts'

/** The dated parameters as rows; each row is named by what it sets, where and from when. */
export async function readParameterRows(): Promise<Prisma.ParameterCreateManyInput[]> {
  return parameterRows(await readData<Parameter[]>('parameters.json'))
}

/** Dated parameters as rows. */
export function parameterRows(parameters: readonly Parameter[]): Prisma.ParameterCreateManyInput[] {
  return parameters.map((parameter) => ({
    id: parameterId(parameter),
    placeId: parameter.place,
    programme: parameter.programme,
    key: parameter.key,
    residenceKind: parameter.residenceKind ?? null,
    value: parameter.value as Prisma.InputJsonValue,
    effectiveFrom: parameter.effectiveFrom,
    effectiveTo: parameter.effectiveTo ?? null,
    source: parameter.source,
    assumed: parameter.assumed,
    datePickedBy: parameter.datePickedBy,
  }))
}

/** The calendar as rows: each notice for a year is an edition of that year, in the order in which they were published. */
export async function readCalendarRows(): Promise<Prisma.CalendarYearCreateManyInput[]> {
  const { years } = await readData<{ years: CalendarYear[] }>('calendar.json')
  const byYear = Map.groupBy(years, ({ year }) => year)
  return [...byYear.values()].flatMap((notices) =>
    notices
      .toSorted((a, b) => ((a.publishedOn ?? '') < (b.publishedOn ?? '') ? -1 : 1))
      .map(({ year, status, notice, publishedOn = null, days }, index) => {
        const edition = index + 1
        return { id: `${year}.${edition}`, year, edition, status, notice, publishedOn, days: [...days] }
      }),
  )
}

async function readData<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(new URL(`data/${file}`, import.meta.url), 'utf8')) as T
}
