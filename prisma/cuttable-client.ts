import { AsyncLocalStorage } from 'node:async_hooks'
import pg from 'pg'

/** The database gave no answer in time. What became of the question is unknown. */
export class DatabaseSilent extends Error {
  override readonly name = 'DatabaseSilent'
}

/** What one piece of work with a time limit holds: its connections, until its time is up. */
type Limited = { connections: Set<CuttableClient>; timeIsUp: boolean }

const limited = new AsyncLocalStorage<Limited>()

/** Longer than the server's own `statement_timeout`, so that it cuts only what the server does not end. */
const silentAfterMs = 40_000

type Callback = (error: Error | undefined, result?: unknown) => void

/**
 * A connection that is cut when the database stays silent. A frozen server, or one behind a dead link, fires no time-out
 * of its own, and the driver's only gives up waiting and leaves the connection blocked for whoever gets it next.
 */
export class CuttableClient extends pg.Client {
  /** Every statement has to be answered within 40 s; inside `withinTime`, all of them together within its limit. */
  override query(...args: unknown[]): never {
    const work = limited.getStore()
    const last = args.at(-1)
    if (typeof last !== 'function') return this.#ask(args, work) as never
    // The pool's own way of asking, for statements outside a transaction.
    const told = last as Callback
    this.#ask(args.slice(0, -1), work).then(
      (result) => told(undefined, result),
      (error: Error) => told(error),
    )
    return undefined as never
  }

  /** Ends the connection at once; whatever waits on it fails. */
  cut(): void {
    this.connection.stream.destroy(new DatabaseSilent('The database did not answer in time; the connection was cut'))
  }

  async #ask(args: unknown[], work: Limited | undefined): Promise<unknown> {
    if (work?.timeIsUp) throw new DatabaseSilent('No time is left for this statement')
    work?.connections.add(this)
    const timer = setTimeout(() => this.cut(), silentAfterMs)
    try {
      return await (super.query as (...all: unknown[]) => Promise<unknown>).apply(this, args)
    } finally {
      clearTimeout(timer)
      // In the middle of a transaction it stays the work's: handed back as it is, it would keep its locks.
      if (this.getTransactionStatus() === 'I') work?.connections.delete(this)
    }
  }
}

/**
 * Runs work on the database that has to be through within a time. When it is not, its connections are cut and nothing more
 * of it reaches the database; a commit that was under way may still have happened.
 * @throws DatabaseSilent
 */
export async function withinTime<T>(limitMs: number, work: () => Promise<T>): Promise<T> {
  const held: Limited = { connections: new Set(), timeIsUp: false }
  const working = limited.run(held, work)
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      held.timeIsUp = true
      for (const connection of held.connections) connection.cut()
      reject(new DatabaseSilent(`The database did not answer within ${limitMs} ms`))
    }, limitMs)
  })
  try {
    return await Promise.race([working, silence])
  } finally {
    clearTimeout(timer)
    // It fails by itself once its connections are cut; the caller has been told.
    working.catch(() => undefined)
  }
}
