import type { Express, Request } from 'express'
import { type Answer, answerQuery, answerSubmission } from '../shared/answer-with-faults.ts'
import { contentDigest } from '../shared/content-digest.ts'
import type { FaultPlan } from '../shared/fault-plan.ts'
import { readBody } from '../shared/read-body.ts'
import { Refusal } from '../shared/refusal.ts'
import { checkAccount } from './accounts.ts'
import type { BankFaults } from './bank-faults.ts'
import type { BankBook, BookedInstruction } from './book.ts'
import { AccountCheck, Instruction } from './messages.ts'
import type { Settlement } from './settlement.ts'

/** The counter for customers: give an instruction, ask for one, ask whether a name and a number belong together. */
export function customerRoutes(
  app: Express,
  input: { book: BankBook; plan: FaultPlan<BankFaults>; settlement: Settlement },
): void {
  const { book, plan, settlement } = input

  const accept = async (instruction: Instruction): Promise<Answer> => {
    const { instructionId } = instruction
    const digest = contentDigest(instruction)
    const known = book.instructions.get(instructionId)
    if (known !== undefined && known.digest !== digest) {
      throw new Refusal({
        status: 409,
        code: 'KEY_REUSED',
        message: 'An instruction with this number and another content is in the book.',
      })
    }
    if (known === undefined) {
      const at = new Date()
      const dueAt = at.getTime() + plan.current().settleDelayMs
      await book.record({ kind: 'accepted', at: at.toISOString(), digest, instruction, dueAt })
      const booked = book.instructions.get(instructionId)
      if (booked !== undefined) await begin(booked)
    }
    await book.written()
    return { status: 202, body: { instructionId, state: 'ACCEPTED' } }
  }

  const begin = async (booked: BookedInstruction): Promise<void> => {
    if (plan.strikes('earlyCallback', booked.instruction.instructionId)) await settlement.settle(booked)
    else settlement.schedule(booked)
  }

  const find = async (instructionId: string): Promise<Answer> => {
    const booked = book.instructions.get(instructionId)
    await book.written()
    if (booked === undefined) {
      return { status: 404, body: { code: 'NOT_KNOWN', message: 'No instruction with this number is in the book.' } }
    }
    const { callbackId: _, ...news } = booked.news ?? { callbackId: '', instructionId, state: 'ACCEPTED' }
    return { status: 200, body: news }
  }

  app.post('/v1/instructions', async (request, response) => {
    const instruction = readBody(Instruction, request.body)
    const about = instruction.instructionId
    requireKey(request, about)
    await answerSubmission({ plan, about, response, effect: () => accept(instruction) })
  })

  app.post('/v1/account-checks', async (request, response) => {
    const check = readBody(AccountCheck, request.body)
    const result = () => checkAccount(check, book.accounts.get(check.account))
    await answerQuery({
      plan,
      about: check.account,
      response,
      find: async () => ({ status: 200, body: { result: result() } }),
    })
  })

  app.get('/v1/instructions/:instructionId', async (request, response) => {
    const about = request.params.instructionId
    await answerQuery({ plan, about, response, find: () => find(about) })
  })
}

function requireKey(request: Request, instructionId: string): void {
  if (request.get('idempotency-key') === instructionId) return
  throw new Refusal({
    status: 400,
    code: 'KEY_NOT_VALID',
    message: 'Send the number of the instruction as Idempotency-Key.',
  })
}
