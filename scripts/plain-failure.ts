import { isArchiveUnavailable } from '../prisma/unavailable.ts'

// The first import of every command: what goes wrong is told as a sentence, not as a trace of where in the program.
process.on('uncaughtException', (error: unknown) => {
  console.error(sentenceOf(error))
  process.exit(1)
})

/** What went wrong, for whoever sits at the terminal; with LOG_LEVEL=debug for whoever looks for the cause, too. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (process.env.LOG_LEVEL === 'debug') return error.stack ?? error.message
  if (isArchiveUnavailable(error))
    return '数据库没有应答：请检查数据库是否在运行、地址是否正确。 The database does not answer: see whether it runs and whether its address is right.'
  return (isOfPrisma(error) ? lastLineOf(error.message) : error.message) || error.name
}

/** It quotes our source first; what was wrong stands on the last line. */
function isOfPrisma(error: Error): boolean {
  return error.name.startsWith('Prisma')
}

function lastLineOf(text: string): string {
  return text.trim().split('\n').at(-1) ?? ''
}
