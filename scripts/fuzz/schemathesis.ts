import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'

const version = '4.32.5'

/** Where the program is, installed into the cache at the first time. */
export function findSchemathesis(cacheDir: string, say: (line: string) => void): string {
  const folder = path.resolve(cacheDir, `schemathesis-${version}`)
  const program = path.join(folder, 'bin', 'schemathesis')
  if (existsSync(program)) return program
  say(`正在安装 Installing schemathesis ${version} …`)
  run('python3', ['-m', 'venv', '--clear', folder])
  run(path.join(folder, 'bin', 'pip'), [
    'install',
    '--quiet',
    '--disable-pip-version-check',
    `schemathesis==${version}`,
  ])
  return program
}

function run(program: string, args: string[]): void {
  const { status, error } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0)
    throw new Error(
      `不能安装 schemathesis：需要 Python 3.10 或更新版本及其 venv、pip。 ` +
        `Schemathesis could not be installed: it needs Python 3.10 or newer with venv and pip (${[program, ...args].join(' ')}).`,
      { cause: error },
    )
}

export type FuzzRun = {
  program: string
  url: string
  cookie: string
  seconds: number
  seed: number
  folder: string
  signal: AbortSignal
}

/**
 * Tries every operation of the running counter's contract with values that fit it and values that do not, as whoever the
 * cookie belongs to. Returns 0 when no answer was a breakdown or other than the contract says.
 */
export async function fuzzAs({ program, url, cookie, seconds, seed, folder, signal }: FuzzRun): Promise<number> {
  await rm(path.join(folder, '.hypothesis'), { recursive: true, force: true })
  const child = spawn(
    program,
    [
      ['--no-color', 'run', `${url}/openapi.json`, '--url', url],
      ['--header', `cookie: ${cookie}`, '--phases', 'coverage,fuzzing', '--max-examples', '30'],
      ['--checks', 'not_a_server_error,response_schema_conformance,content_type_conformance'],
      ['--max-time', String(seconds), '--seed', String(seed), '--workers', '1', '--request-timeout', '20'],
      ['--suppress-health-check', 'all', '--warnings', 'off', '--continue-on-failure', '--no-shrink'],
      ...leftOut.map((name) => ['--exclude-name', name]),
    ].flat(),
    { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'], signal },
  )
  // One worker: with two, Python 3.11 fails in its own parser, and that would count as ours.
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

/** What would end the session that all the rest is sent in, or move everybody's clock. */
const leftOut = ['DELETE /api/sessions/current', 'POST /api/training/clock-moves']
