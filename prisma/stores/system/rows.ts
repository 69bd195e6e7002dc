import { fen, type Fen } from '../../../domain/money.ts'
import type { ChargedWait } from '../../../domain/time/charged-days.ts'
import { type Instant, instant, type PlainDate, plainDate } from '../../../domain/time/plain-date.ts'

/** How days, instants and money stand in rows: a day as a date without zone, an instant with zone, fen as bigint. */
export const dayOfRow = (date: Date): PlainDate => plainDate(date.toISOString().slice(0, 10))
export const rowOfDay = (day: PlainDate): Date => new Date(`${day}T00:00:00.000Z`)
export const instantOfRow = (date: Date): Instant => instant(date.getTime())
export const rowOfInstant = (at: Instant): Date => new Date(at)

/** @throws when the amount is beyond what a safe integer holds. */
export const fenOfRow = (amount: bigint): Fen => fen(Number(amount))

/** The waits of a limit, as filing wrote them. */
export const waitsOfRow = (waits: unknown): ChargedWait[] => waits as ChargedWait[]
