import type { SourceAnswer } from '../vocabulary.ts'

/**
 * Whether a register has answered for one person that it was asked about. `IN_DOUBT`: it said something that could not be
 * placed or understood, and that may be about this person. Unknown is never zero.
 */
export const askedStandings = ['ANSWERED', 'IN_DOUBT', 'NO_ANSWER', 'PENDING'] as const
export type AskedStanding = (typeof askedStandings)[number]

type Word = {
  answer: SourceAnswer | 'PENDING'
  doubts?: { unplaced: number; notUnderstood: number; answeredFor: readonly string[] }
}

/** Where one register stands with each person that it was asked about. */
export function askedPersons(
  personIds: readonly string[],
  { answer, doubts }: Word,
): { personId: string; standing: AskedStanding }[] {
  return personIds.map((personId) => ({ personId, standing: standingOf(personId, answer, doubts) }))
}

function standingOf(personId: string, answer: Word['answer'], doubts: Word['doubts']): AskedStanding {
  if (answer === 'PENDING' || answer === 'NO_ANSWER') return answer
  return doubts === undefined || isPlain(personId, doubts) ? 'ANSWERED' : 'IN_DOUBT'
}

/** An item that could not be read is never plain; one about a stranger leaves those plain for whom there is an answer. */
function isPlain(personId: string, { notUnderstood, answeredFor }: NonNullable<Word['doubts']>): boolean {
  return notUnderstood === 0 && answeredFor.includes(personId)
}
