import type { Logger } from 'pino'

/**
 * The last guard of a process: an error that nobody was waiting for must neither vanish nor end everybody's work.
 *
 * - A rejection is logged with what it belongs to, whoever waits for that is answered, and the process goes on.
 * - An error that nobody caught leaves the inside of the process unknown: the same, and then it drains and ends with
 *   code 1, so that whatever runs it starts it again.
 */
export function guardProcess({ log, about, answer, drain }: LastGuard): void {
  process.on('unhandledRejection', (error) => {
    log.error({ err: error, ...about?.() }, 'a rejection that nobody waited for')
    answer?.(error)
  })
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error, ...about?.() }, 'an error that nobody caught: draining, to be started again')
    process.exitCode = 1
    answer?.(error)
    drain()
  })
}

export type LastGuard = {
  log: Logger
  /** What is under way where the error came from: no content, nothing of a person. */
  about?: () => object
  /** Answers whoever waits for it, if somebody does. */
  answer?: (error: unknown) => void
  /** Takes nothing new, finishes what is under way, ends. Called again, it does nothing. */
  drain: () => void
}
