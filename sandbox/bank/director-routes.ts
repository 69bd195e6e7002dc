import type { Express } from 'express'
import type { FaultPlan } from '../shared/fault-plan.ts'
import { accountNumber, clockOffset } from '../shared/nouns.ts'
import { readBody } from '../shared/read-body.ts'
import type { WorldClock } from '../shared/world-clock.ts'
import { AccountBehaviour } from './accounts.ts'
import { BankFaults } from './bank-faults.ts'
import type { BankBook, BankLine } from './book.ts'
import type { Settlement } from './settlement.ts'

/** The counter for whoever directs the play: accounts, faults, the clock, and the whole book. */
export function directorRoutes(
  app: Express,
  input: {
    book: BankBook
    plan: FaultPlan<BankFaults>
    settlement: Settlement
    clock: WorldClock
    usualFaults: BankFaults
    reset: () => Promise<void>
  },
): void {
  const { book, plan, settlement, clock, usualFaults } = input

  app.put('/sandbox/accounts/:account', async (request, response) => {
    const account = readBody(accountNumber, request.params.account)
    const behaviour = readBody(AccountBehaviour, request.body)
    await book.record({ kind: 'accountSet', account, behaviour })
    settlement.resume(account)
    response.json(behaviour)
  })

  app.put('/sandbox/faults', async (request, response) => {
    const newPlan = readBody(BankFaults, { ...usualFaults, ...request.body })
    plan.set(newPlan)
    await book.record({ kind: 'faultsSet', plan: newPlan })
    response.json(plan.current())
  })

  app.get('/sandbox/faults', (_request, response) => void response.json(plan.current()))

  app.put('/sandbox/clock', async (request, response) => {
    const { offsetMs } = readBody(clockOffset, request.body)
    clock.setOffset(offsetMs)
    await book.record({ kind: 'clockSet', offsetMs })
    response.json({ offsetMs, now: clock.instant() })
  })

  app.get('/sandbox/book', async (_request, response) => {
    const lines = await book.lines()
    response.json({ totals: { ...countLines(lines), callbacksWaiting: book.undelivered.size }, lines })
  })

  app.post('/sandbox/reset', async (_request, response) => {
    await input.reset()
    response.status(204).end()
  })
}

function countLines(lines: BankLine[]) {
  const totals = { accepted: 0, credited: 0, creditedFen: 0, returned: 0, reversed: 0, reversedFen: 0 }
  for (const line of lines) {
    if (line.kind === 'accepted' || line.kind === 'credited' || line.kind === 'returned' || line.kind === 'reversed') {
      totals[line.kind] += 1
    }
    if (line.kind === 'credited') totals.creditedFen += line.amountFen
    if (line.kind === 'reversed') totals.reversedFen += line.amountFen
  }
  return totals
}
