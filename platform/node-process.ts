import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { lastLines } from './embedded/last-lines.ts'
import { endProcess } from './embedded/processes.ts'
import { spawnLogged } from './embedded/spawn-logged.ts'
import type { ProcessSpec } from './supervisor.ts'

export type NodeProcess = Readonly<{
  name: string
  script: string
  env: Record<string, string>
  /** Answers 200 when the process serves. */
  healthUrl: string
  logsDir: string
  graceMs?: number
}>

const readyWithinMs = 60_000

/** One of our own programs as a process of its own, ready when its health page says so. */
export function nodeProcess({ name, script, env, healthUrl, logsDir, graceMs = 10_000 }: NodeProcess): ProcessSpec {
  const logFile = path.join(logsDir, `${name}.log`)
  return {
    name,
    stopSignal: 'SIGTERM',
    start: async (spawned) => {
      const { pid, exited } = await spawnLogged({
        program: process.execPath,
        args: [script],
        env: { PATH: process.env.PATH, HOME: process.env.HOME, TZ: 'UTC', ...env },
        logFile,
      })
      spawned(pid)
      const stop = async () => {
        await endProcess(pid, 'SIGTERM', graceMs)
        await exited
      }
      const outcome = await Promise.race([waitUntilHealthy(healthUrl), exited.then(() => 'exited' as const)])
      if (outcome === 'ready') return { pid, exited, stop }
      await stop()
      throw new Error(`${name} did not start (${outcome}); ${logFile} ends with:\n${await lastLines(logFile, 16)}`)
    },
  }
}

async function waitUntilHealthy(url: string): Promise<'ready' | 'timeout'> {
  const deadline = Date.now() + readyWithinMs
  while (Date.now() < deadline) {
    if (await isHealthy(url)) return 'ready'
    await sleep(50)
  }
  return 'timeout'
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) })
    await answer.body?.cancel()
    return answer.ok
  } catch {
    return false
  }
}
