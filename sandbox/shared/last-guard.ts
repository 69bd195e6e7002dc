import type { Logger } from 'pino'

/**
 * The last guard of an institution: work that failed with nobody waiting for it is logged, and the institution stays
 * open; after an error that left its inside unknown it closes in order, to be started again from its book.
 */
export function guardProcess({ log, close }: { log: Logger; close: () => void }): void {
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a rejection that nobody waited for'))
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'an error that nobody caught: closing, to be started again')
    process.exitCode = 1
    close()
  })
}
