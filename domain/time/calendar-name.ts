/** How much of the calendar was known: editions are only ever added, so a number of them names a state of it. */
export type CalendarExtent = { editions: number; localDays: number }

/** The name under which due dates and events keep the calendar they were computed from: `2007.1–2026.1#23+2`. */
export function nameCalendar(
  editions: readonly { year: number; edition: number }[],
  { localDays }: Pick<CalendarExtent, 'localDays'>,
): string {
  const sorted = [...editions].sort((a, b) => a.year - b.year || a.edition - b.edition)
  const name = ({ year, edition }: { year: number; edition: number }) => `${year}.${edition}`
  const [first, last] = [sorted[0], sorted.at(-1)]
  const range = first === undefined || last === undefined ? '' : `${name(first)}–${name(last)}`
  return `${range}#${editions.length}${localDays === 0 ? '' : `+${localDays}`}`
}

/** Null for a name that says no number. */
export function readCalendarName(name: string): CalendarExtent | null {
  const [, editions, localDays = '0'] = /#(\d+)(?:\+(\d+))?$/.exec(name) ?? []
  return editions === undefined ? null : { editions: Number(editions), localDays: Number(localDays) }
}
