import type pg from 'pg'
import { lawsOfAudit } from './laws/audit.ts'
import { lawsOfCases } from './laws/cases.ts'
import { lawsOfMoney } from './laws/money.ts'
import { lawsOfRequests } from './laws/requests.ts'

/** Where a run left its traces: the archive, the bank's own book, and how many cases had to come to their end. */
export type Evidence = Readonly<{ archive: pg.ClientBase; bankBook: readonly BankBookLine[]; fewestClosed: number }>

/** One line of the bank's book, as far as laws look at it. */
export type BankBookLine = Readonly<{
  kind: string
  instructionId?: string
  amountFen?: number
  instruction?: { instructionId: string; amountFen: number }
}>

/** Something that must always hold, by name; `find` says where it does not. */
export type Law = Readonly<{ name: string; find: (evidence: Evidence) => Promise<string[]> }>

export type Violation = Readonly<{ law: string; where: string }>

export const laws: readonly Law[] = [...lawsOfCases, ...lawsOfRequests, ...lawsOfMoney, ...lawsOfAudit]

/**
 * Checks what must stay true after any run. Shares no code with the system: it knows tables and the bank's contract
 * only, so that a mistake of a rule is not made a second time in its check.
 */
export async function findViolations(evidence: Evidence): Promise<Violation[]> {
  const found: Violation[] = []
  for (const { name, find } of laws) {
    for (const where of await find(evidence)) found.push({ law: name, where })
  }
  return found
}

/** The bank's book over HTTP, as the bank itself has it. */
export async function readBankBook(bankUrl: string): Promise<BankBookLine[]> {
  const response = await fetch(`${bankUrl}/sandbox/book`)
  return ((await response.json()) as { lines: BankBookLine[] }).lines
}
