import './plain-failure.ts'
import { execFileSync, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { table } from './bench/table.ts'
import { type Proof, proofs } from './prove/proofs.ts'

// The proofs that take too long for every change: run before something is called finished. Each is tried to its end even
// if one before it failed. With --write, commit, machine and figures go into docs/proofs.md.
//   npm run prove                    all of them
//   npm run prove -- chaos fuzz      these
//   npm run prove -- --write

type Outcome = { proof: Proof; passed: boolean; seconds: number; figures: string }

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false } },
})
const root = path.resolve(import.meta.dirname, '..')
const logs = path.join(root, '.data', 'prove')
const page = path.join(root, 'docs', 'proofs.md')

const unknown = positionals.filter((name) => !proofs.some((proof) => proof.name === name))
if (unknown.length > 0) {
  console.error(
    `没有此项 No such proof: ${unknown.join(', ')}. 可选 Choose from: ${proofs.map(({ name }) => name).join(', ')}`,
  )
  process.exit(2)
}

await mkdir(logs, { recursive: true })
const outcomes: Outcome[] = []
for (const proof of proofs.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  console.log(`\n== ${proof.name}: ${proof.what}`)
  outcomes.push(await run(proof))
}
const report = describe(outcomes)
console.log(`\n${report}`)
if (values.write) await writeReport(report)
process.exitCode = outcomes.every(({ passed }) => passed) ? 0 : 1

async function run(proof: Proof): Promise<Outcome> {
  const beganAt = Date.now()
  const lines: string[] = []
  let passed = true
  for (const [index, { args, env = {} }] of proof.runs().entries()) {
    const code = await runOnce(args, env, path.join(logs, `${proof.name}-${index + 1}.log`), lines)
    console.log(
      `   ${index + 1}: ${code === 0 ? 'passed' : 'FAILED'}, ${Math.round((Date.now() - beganAt) / 1000)} s so far`,
    )
    passed &&= code === 0
  }
  return { proof, passed, seconds: Math.round((Date.now() - beganAt) / 1000), figures: proof.figures(lines) }
}

function runOnce(args: string[], env: Record<string, string>, logFile: string, lines: string[]): Promise<number> {
  const log = createWriteStream(logFile)
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log.write(text)
      lines.push(...text.split('\n'))
    })
  }
  return new Promise((resolve) => {
    child.once('close', (code) => {
      log.end()
      resolve(code ?? 1)
    })
  })
}

function describe(all: readonly Outcome[]): string {
  const [cpu] = os.cpus()
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
  const changed =
    execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' }).trim() === '' ? '' : ' with changes'
  const rows = all.map(({ proof, passed, seconds, figures }) => [
    proof.name,
    passed ? 'passed' : 'FAILED',
    `${seconds} s`,
    figures,
  ])
  return [
    `${new Date().toISOString().slice(0, 10)}, commit ${commit}${changed}; ${os.availableParallelism()} × ${cpu?.model.trim() ?? 'unknown processor'}, ` +
      `${Math.round(os.totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}; load ${os.loadavg()[0]?.toFixed(1)} at the end`,
    '',
    table(['Proof', 'Outcome', 'Took', 'Figures'], rows),
  ].join('\n')
}

async function writeReport(report: string): Promise<void> {
  const [begin, end] = ['<!-- proofs -->', '<!-- end of proofs -->']
  const text = await readFile(page, 'utf8')
  const [before, rest] = text.split(begin)
  await writeFile(page, `${before}${begin}\n\n${report}\n\n${end}${rest?.split(end)[1] ?? '\n'}`)
}
