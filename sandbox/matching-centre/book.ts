import type { FaultName } from '../shared/fault-plan.ts'
import type { Journal } from '../shared/journal.ts'
import type { CentreFaults } from './centre-faults.ts'
import type { MatchingRequest, Source, SourceAnswer } from './messages.ts'
import type { RegisterEntry } from './register.ts'

/** One line of the centre's book. `dueAt` is real time in milliseconds. */
export type CentreLine =
  | {
      kind: 'requested'
      at: string
      key: string
      digest: string
      request: MatchingRequest
      due: { source: Source; dueAt: number }[]
    }
  | { kind: 'answered'; at: string; callback: SourceAnswer; againDueAt?: number }
  | { kind: 'callbackDelivered' | 'callbackLost'; at: string; callbackId: string }
  | { kind: 'registered'; identityNumber: string; entry: RegisterEntry }
  | { kind: 'faultsSet'; plan: CentreFaults }
  | { kind: 'faultStruck'; at: string; name: FaultName; about: string }
  | { kind: 'clockSet'; offsetMs: number }

/** A request as the book has it. `due` holds the sources that still have something to say, and when. */
export interface BookedRequest {
  key: string
  digest: string
  request: MatchingRequest
  due: Map<Source, number>
  answers: SourceAnswer[]
}

/** The centre's book, folded from its lines. */
export interface CentreBook {
  readonly requests: ReadonlyMap<string, BookedRequest>
  readonly requestIdByKey: ReadonlyMap<string, string>
  readonly register: ReadonlyMap<string, RegisterEntry>
  /** Callbacks that the customer has not taken yet. */
  readonly undelivered: ReadonlyMap<string, SourceAnswer>
  /** Changes the book at once and resolves when the line is on disk. */
  record(line: CentreLine): Promise<void>
  /** Resolves when everything recorded so far is on disk: no answer may leave before. */
  written(): Promise<void>
  lines(): Promise<CentreLine[]>
  clear(): Promise<void>
  close(): Promise<void>
}

/** Opens the book: reads it back, and gives each line to `onLine` as well. */
export async function openCentreBook(input: {
  journal: Journal<CentreLine>
  register: Record<string, RegisterEntry>
  onLine: (line: CentreLine) => void
}): Promise<CentreBook> {
  const { journal } = input
  const requests = new Map<string, BookedRequest>()
  const requestIdByKey = new Map<string, string>()
  const register = new Map(Object.entries(input.register))
  const undelivered = new Map<string, SourceAnswer>()

  const applyAnswer = (callback: SourceAnswer, againDueAt: number | undefined) => {
    const booked = requests.get(callback.requestId)
    if (booked === undefined) throw new Error(`The book answers ${callback.requestId}, which was never asked.`)
    booked.answers.push(callback)
    if (againDueAt === undefined) booked.due.delete(callback.source)
    else booked.due.set(callback.source, againDueAt)
    undelivered.set(callback.callbackId, callback)
  }

  const apply = (line: CentreLine) => {
    switch (line.kind) {
      case 'requested': {
        const { key, digest, request } = line
        const due = new Map(line.due.map(({ source, dueAt }) => [source, dueAt]))
        requests.set(request.requestId, { key, digest, request, due, answers: [] })
        requestIdByKey.set(key, request.requestId)
        return
      }
      case 'answered':
        return applyAnswer(line.callback, line.againDueAt)
      case 'callbackDelivered':
      case 'callbackLost':
        undelivered.delete(line.callbackId)
        return
      case 'registered':
        register.set(line.identityNumber, line.entry)
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
    requests,
    requestIdByKey,
    register,
    undelivered,
    record(line) {
      apply(line)
      return journal.append(line)
    },
    written: () => journal.written(),
    lines: () => journal.read(),
    clear() {
      requests.clear()
      requestIdByKey.clear()
      undelivered.clear()
      register.clear()
      for (const [identityNumber, entry] of Object.entries(input.register)) register.set(identityNumber, entry)
      return journal.clear()
    },
    close: () => journal.close(),
  }
}
