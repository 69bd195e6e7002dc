import { randomUUID } from 'node:crypto'
import type { CallbackPost } from '../shared/callback-post.ts'
import type { FaultPlan } from '../shared/fault-plan.ts'
import type { Timers } from '../shared/timers.ts'
import type { WorldClock } from '../shared/world-clock.ts'
import { decideOutcome } from './accounts.ts'
import type { BankFaults } from './bank-faults.ts'
import type { BankBook, BookedInstruction } from './book.ts'
import type { InstructionCallback, ReturnReason } from './messages.ts'

/** What the bank does behind its counter. */
export interface Settlement {
  /** Sets a timer for what is to happen to this instruction next. */
  schedule(booked: BookedInstruction): void
  /** Takes up what is open in the book, of one account or of all. */
  resume(account?: string): void
  /** Settles now. Resolves when the book has it and the customer was called once. */
  settle(booked: BookedInstruction): Promise<void>
}

/** Opens the settlement of the instructions in `book`. */
export function createSettlement(input: {
  book: BankBook
  plan: FaultPlan<BankFaults>
  post: CallbackPost<InstructionCallback>
  timers: Timers
  clock: WorldClock
}): Settlement {
  const { book, plan, post, timers, clock } = input

  const schedule = (booked: BookedInstruction) => {
    if (booked.dueAt === undefined) return
    const due = booked.dueAt
    timers.after(due - Date.now(), async () => {
      // A second timer may be running for the same step: whoever comes first takes it.
      if (booked.dueAt === due) await settle(booked)
    })
  }

  const settle = async (booked: BookedInstruction): Promise<void> => {
    const { instruction } = booked
    const { instructionId, account, amountFen } = instruction
    const at = new Date().toISOString()
    const money = { at, instructionId, account, amountFen }

    if (booked.reversal !== undefined) {
      const callback = returnedCallback(instructionId, booked.reversal)
      await book.record({ kind: 'reversed', ...money, callback })
      return tell(callback)
    }
    const outcome = decideOutcome(instruction, book.accounts.get(account))
    if (outcome.kind === 'held') return
    if (outcome.kind === 'returned') {
      const callback = returnedCallback(instructionId, outcome.reason)
      await book.record({ kind: 'returned', ...money, callback })
      return tell(callback)
    }
    const callback: InstructionCallback = { ...news(instructionId), state: 'PAID' }
    const dueAt = Date.now() + plan.current().settleDelayMs
    const reversal = outcome.thenReturned && { dueAt, reason: outcome.thenReturned }
    await book.record({ kind: 'credited', ...money, callback, ...(reversal && { reversal }) })
    schedule(booked)
    return tell(callback)
  }

  const news = (instructionId: string) => ({
    callbackId: `bank_${randomUUID()}`,
    instructionId,
    settledAt: clock.instant(),
  })

  const returnedCallback = (instructionId: string, reason: ReturnReason): InstructionCallback => ({
    ...news(instructionId),
    state: 'RETURNED',
    reason,
  })

  const tell = async (callback: InstructionCallback): Promise<void> => {
    const { callbackId, instructionId } = callback
    if (plan.strikes('lostCallback', instructionId)) {
      return book.record({ kind: 'callbackLost', at: new Date().toISOString(), callbackId })
    }
    await post.send(callback, {
      lateMs: plan.lateMs(instructionId),
      twice: plan.strikes('doubleCallback', instructionId),
      outOfOrder: plan.strikes('outOfOrderCallback', instructionId),
    })
  }

  return {
    schedule,
    settle,
    resume(account) {
      for (const booked of book.instructions.values()) {
        if (account === undefined || booked.instruction.account === account) schedule(booked)
      }
    },
  }
}
