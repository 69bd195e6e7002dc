import type { Express } from 'express'
import type { FaultPlan } from '../shared/fault-plan.ts'
import { clockOffset, identityNumber } from '../shared/nouns.ts'
import { readBody } from '../shared/read-body.ts'
import type { WorldClock } from '../shared/world-clock.ts'
import type { Answering } from './answering.ts'
import type { CentreBook, CentreLine } from './book.ts'
import { CentreFaults } from './centre-faults.ts'
import { RegisterEntry } from './register.ts'

/** The counter for whoever directs the play: registers, faults, the clock, and the whole book. */
export function directorRoutes(
  app: Express,
  input: {
    book: CentreBook
    plan: FaultPlan<CentreFaults>
    answering: Answering
    clock: WorldClock
    usualFaults: CentreFaults
    reset: () => Promise<void>
  },
): void {
  const { book, plan, answering, clock, usualFaults } = input

  app.put('/sandbox/register/:identityNumber', async (request, response) => {
    const person = readBody(identityNumber, request.params.identityNumber)
    const entry = readBody(RegisterEntry, request.body)
    await book.record({ kind: 'registered', identityNumber: person, entry })
    response.json(entry)
  })

  app.put('/sandbox/faults', async (request, response) => {
    const newPlan = readBody(CentreFaults, { ...usualFaults, ...request.body })
    plan.set(newPlan)
    await book.record({ kind: 'faultsSet', plan: newPlan })
    answering.resume()
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

function countLines(lines: CentreLine[]) {
  const totals = { requested: 0, answered: 0 }
  for (const { kind } of lines) if (kind === 'requested' || kind === 'answered') totals[kind] += 1
  return totals
}
