import { moveDeadlines } from '../../prisma/stores/deadline-moves.ts'
import type { Dossier } from '../../prisma/stores/dossier.ts'
import { calendarOf } from './enter-events.ts'

/**
 * Moves the due dates of this case first, while a new calendar is on its way through all of them: a filing that came
 * before it would count by the new calendar without writing down what moved, or record a breach of a date that no
 * longer holds.
 */
export async function takeNewCalendar(dossier: Dossier): Promise<void> {
  const { tx, row, ruleBook, now } = dossier
  const { redating } = ruleBook
  if (redating === null) return
  await moveDeadlines(tx, [row.id], { calendarOf: () => calendarOf(dossier), redating, now })
}
