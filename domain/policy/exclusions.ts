import { type PlainDate, plainDate } from '../time/plain-date.ts'
import { type Programme, programmes } from '../vocabulary.ts'

type Exclusion = { from: PlainDate; through?: PlainDate; source: string }

/**
 * Which other benefits nobody may count in at the same time: for each programme those that exclude it, with the clause and
 * the days on which it is in force. A programme that joins the vocabulary joins here, or this does not compile.
 */
const exclusions: Record<Programme, Partial<Record<Programme, readonly Exclusion[]>>> = {
  DIBAO: { DIBAO: [{ from: plainDate('2021-07-01'), source: '57 Art. 7: a person is a member of one household' }] },
}

/** The programmes in none of which anybody may count who is to count in this one by an act of that day. */
export function excludedBy(programme: Programme, on: PlainDate): Programme[] {
  const inForce = ({ from, through }: Exclusion) => from <= on && (through === undefined || on <= through)
  return programmes.filter((other) => exclusions[programme][other]?.some(inForce) === true)
}
