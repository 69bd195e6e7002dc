import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { startGuardian } from '../../../platform/guardian.ts'

export const apiToken = 'token-of-the-assistance-office-0123'
export const callbackSecret = 'callback-secret-of-this-test-run-0123'

/** An address at which nothing listens. */
export const nobodyThere = 'http://127.0.0.1:2'

/** An institution of the sandbox in a process of its own, whose book outlives the process. */
export interface Institution {
  readonly url: string
  direct<T = unknown>(method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown): Promise<T>
  /** Power off: kill -9. */
  kill(): Promise<void>
  /** The same institution again, with the same book. */
  start(): Promise<void>
  remove(): Promise<void>
}

/** Starts an institution that posts its callbacks to `callbackUrl`. */
export async function startInstitution(
  name: 'bank' | 'matching-centre',
  callbackUrl: string,
  extra: Record<string, string> = {},
): Promise<Institution> {
  const folder = await mkdtemp(join(tmpdir(), `jiuzhu-${name}-`))
  const guardian = startGuardian()
  guardian.removeAfterwards(folder)
  let running: { process: ChildProcess; url: string } | undefined

  const start = async () => {
    const child = spawn(process.execPath, [resolve(import.meta.dirname, `../../../sandbox/${name}/main.ts`)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env.PATH,
        PORT: '0',
        BOOK_FILE: join(folder, 'book.jsonl'),
        CALLBACK_URL: callbackUrl,
        CALLBACK_SECRET: callbackSecret,
        API_TOKEN: apiToken,
        CALLBACK_RETRY_MS: '20',
        ...extra,
      },
    })
    if (child.pid !== undefined) guardian.watch(child.pid, 'SIGKILL')
    running = { process: child, url: await readUrl(child) }
  }

  const kill = async () => {
    if (running === undefined) return
    const child = running.process
    running = undefined
    if (child.pid !== undefined) guardian.forget(child.pid)
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  const currentUrl = () => running?.url ?? nobodyThere

  await start()
  return {
    get url() {
      return currentUrl()
    },
    async direct<T>(method: string, path: string, body?: unknown) {
      const response = await fetch(`${currentUrl()}/sandbox${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
      })
      if (!response.ok) throw new Error(`${method} /sandbox${path}: ${response.status} ${await response.text()}`)
      return (response.status === 204 ? undefined : await response.json()) as T
    },
    kill,
    start,
    async remove() {
      await kill()
      await guardian.close()
    },
  }
}

async function readUrl(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The institution has no standard output.')
  for await (const line of createInterface({ input: child.stdout })) {
    const { msg, url } = JSON.parse(line) as { msg?: string; url?: string }
    if (msg === 'listening' && url !== undefined) {
      child.stdout.resume()
      return url
    }
  }
  throw new Error('The institution ended before it listened.')
}
