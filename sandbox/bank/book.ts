import type { FaultName } from '../shared/fault-plan.ts'
import type { Journal } from '../shared/journal.ts'
import type { AccountBehaviour } from './accounts.ts'
import type { BankFaults } from './bank-faults.ts'
import type { Instruction, InstructionCallback, ReturnReason } from './messages.ts'

interface Movement {
  at: string
  instructionId: string
  account: string
  amountFen: number
  callback: InstructionCallback
}

/** One line of the bank's book. Money moves only by `credited` and `reversed`, once a line. */
export type BankLine =
  | { kind: 'accepted'; at: string; digest: string; instruction: Instruction; dueAt: number }
  | ({ kind: 'credited'; reversal?: { dueAt: number; reason: ReturnReason } } & Movement)
  | ({ kind: 'returned' } & Movement)
  | ({ kind: 'reversed' } & Movement)
  | { kind: 'callbackDelivered' | 'callbackLost'; at: string; callbackId: string }
  | { kind: 'accountSet'; account: string; behaviour: AccountBehaviour }
  | { kind: 'faultsSet'; plan: BankFaults }
  | { kind: 'faultStruck'; at: string; name: FaultName; about: string }
  | { kind: 'clockSet'; offsetMs: number }

/** An instruction as the book has it. `dueAt` is the real time in milliseconds of the next thing to happen to it. */
export interface BookedInstruction {
  instruction: Instruction
  digest: string
  dueAt: number | undefined
  reversal: ReturnReason | undefined
  news: InstructionCallback | undefined
}

/** The bank's book, folded from its lines. */
export interface BankBook {
  readonly instructions: ReadonlyMap<string, BookedInstruction>
  readonly accounts: ReadonlyMap<string, AccountBehaviour>
  /** Callbacks that the customer has not taken yet. */
  readonly undelivered: ReadonlyMap<string, InstructionCallback>
  /** Changes the book at once and resolves when the line is on disk. */
  record(line: BankLine): Promise<void>
  /** Resolves when everything recorded so far is on disk: no answer may leave before. */
  written(): Promise<void>
  lines(): Promise<BankLine[]>
  clear(): Promise<void>
  close(): Promise<void>
}

/** Opens the book: reads it back, and gives each line to `onLine` as well. */
export async function openBankBook(input: {
  journal: Journal<BankLine>
  accounts: Record<string, AccountBehaviour>
  onLine: (line: BankLine) => void
}): Promise<BankBook> {
  const { journal } = input
  const instructions = new Map<string, BookedInstruction>()
  const accounts = new Map(Object.entries(input.accounts))
  const undelivered = new Map<string, InstructionCallback>()

  const move = (line: Movement, next: { dueAt?: number; reason?: ReturnReason } = {}) => {
    const booked = instructions.get(line.instructionId)
    if (booked === undefined)
      throw new Error(`The book moves money for ${line.instructionId}, which it never accepted.`)
    booked.news = line.callback
    booked.dueAt = next.dueAt
    booked.reversal = next.reason
    undelivered.set(line.callback.callbackId, line.callback)
  }

  const apply = (line: BankLine) => {
    switch (line.kind) {
      case 'accepted': {
        const { instruction, digest, dueAt } = line
        instructions.set(instruction.instructionId, {
          instruction,
          digest,
          dueAt,
          reversal: undefined,
          news: undefined,
        })
        return
      }
      case 'credited':
        return move(line, line.reversal)
      case 'returned':
      case 'reversed':
        return move(line)
      case 'callbackDelivered':
      case 'callbackLost':
        undelivered.delete(line.callbackId)
        return
      case 'accountSet':
        accounts.set(line.account, line.behaviour)
        return
      case 'faultsSet':
      case 'faultStruck':
      case 'clockSet':
    }
  }

  for (const line of await journal.read()) {
    apply(line)
    input.onLine(line)
  }

  return {
    instructions,
    accounts,
    undelivered,
    record(line) {
      apply(line)
      return journal.append(line)
    },
    written: () => journal.written(),
    lines: () => journal.read(),
    clear() {
      instructions.clear()
      undelivered.clear()
      accounts.clear()
      for (const [account, behaviour] of Object.entries(input.accounts)) accounts.set(account, behaviour)
      return journal.clear()
    },
    close: () => journal.close(),
  }
}
