import { type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openLogFile } from './log-file.ts'

/** A long-running child of which we know the number and notice the end. */
export type LoggedProcess = Readonly<{ pid: number; exited: Promise<void> }>

export type LoggedCommand = Readonly<{
  program: string
  args: readonly string[]
  env: NodeJS.ProcessEnv
  logFile: string
  options?: SpawnOptions
}>

/**
 * Starts a program that writes to a log file. It gets its own process group: Ctrl-C in the terminal must reach only the
 * supervisor, which stops everything in order.
 */
export async function spawnLogged({ program, args, env, logFile, options }: LoggedCommand): Promise<LoggedProcess> {
  const log = await openLogFile(logFile)
  try {
    const child = spawn(program, args, { ...options, env, stdio: ['ignore', log.fd, log.fd], detached: true })
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    await once(child, 'spawn')
    return { pid: child.pid ?? 0, exited }
  } finally {
    await log.close()
  }
}
