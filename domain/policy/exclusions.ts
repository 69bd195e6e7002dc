import { type Programme, programmes } from '../vocabulary.ts'

/**
 * Which other benefits nobody may count in at the same time: for each programme those that exclude it, with the clause. A
 * programme that joins the vocabulary joins here, or this does not compile.
 */
const exclusions: Record<Programme, Partial<Record<Programme, { source: string }>>> = {
  DIBAO: { DIBAO: { source: '57 Art. 7: a person is a member of one household' } },
}

/** The programmes in none of which anybody may count who is to count in this one. */
export function excludedBy(programme: Programme): Programme[] {
  return programmes.filter((other) => exclusions[programme][other] !== undefined)
}
