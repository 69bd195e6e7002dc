import { spawn } from 'node:child_process'
import path from 'node:path'
import { PassThrough } from 'node:stream'

// All tests, in two runs side by side: journeys and chaos go one file after the other and mostly wait, which leaves room
// for the others. What the second run says is told when the first has ended.
//   npm test                               all of them
//   npm test -- test/journeys --reporter…  what vitest takes, in one run

const root = path.resolve(import.meta.dirname, '..')
const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs')
const chosen = process.argv.slice(2)

// A project that is new belongs to the second run: none can be forgotten.
const all = [projects('unit', 'servers'), projects('!unit', '!servers')]
const runs = (chosen.length > 0 ? [chosen] : all).map(start)

for (const signal of ['SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    for (const { child } of runs) child.kill(signal)
  })
// The terminal sends Ctrl-C to the whole group; this process only has to stay until the others have tidied up.
process.on('SIGINT', () => {})

for (const { told, ended } of runs) {
  for await (const words of told) process.stdout.write(words as Uint8Array)
  const code = await ended
  if (code !== 0) process.exitCode = code
}

function projects(...names: string[]): string[] {
  return names.flatMap((name) => ['--project', name])
}

function start(args: string[]) {
  const colours = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
  const child = spawn(process.execPath, [vitest, 'run', ...args], {
    cwd: root,
    env: { ...process.env, ...colours },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // Roomy, so that nobody waits for a listener: a full pipe would hold up the run itself.
  const told = new PassThrough({ highWaterMark: 2 ** 28 })
  child.stdout.pipe(told, { end: false })
  child.stderr.pipe(told, { end: false })
  const ended = new Promise<number>((resolve) => {
    child.once('close', (code, signal) => {
      told.end()
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143))
    })
  })
  return { child, told, ended }
}
