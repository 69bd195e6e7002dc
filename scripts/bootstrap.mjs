// The one way into every command: makes sure of the installed packages, the generated database client and Node 24,
// then hands over. Plain JavaScript without dependencies, because it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const inRoot = (...parts) => path.join(root, ...parts)
const programs = inRoot('node_modules', '.bin')
const schemaEngine = inRoot('prisma', 'schema-engine.mjs')
const neededMajor = 24

// Everything below counts days by calendar strings; a host's own zone must never take part.
const env = {
  ...process.env,
  TZ: 'UTC',
  PATH: `${programs}${path.delimiter}${process.env.PATH ?? ''}`,
  PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY || schemaEngine,
}

const commands = {
  start: () => [['scripts/start.ts']],
  demo: () => [['scripts/demo.ts']],
  bench: () => [['scripts/bench.ts']],
  fuzz: () => [['scripts/fuzz-contract.ts']],
  'import-county': () => [['scripts/import-county.ts']],
  'first-administrators': () => [['scripts/first-administrators.ts']],
  'move-place': () => [['scripts/move-place.ts']],
  'index-names': () => [['scripts/index-names.ts']],
  'draw-procedures': () => [['scripts/draw-procedures.ts']],
  'import-calendar': () => [['scripts/import-calendar.ts']],
  prove: () => [['scripts/prove.ts']],
  'replay-open': () => [['scripts/replay-open.ts']],
  verify: () => [['scripts/verify.ts']],
  test: () => [['scripts/test.ts']],
  check: () => [
    [packageProgram('typescript', 'tsc'), '--noEmit'],
    [packageProgram('oxlint'), '--type-aware', '--deny-warnings'],
    [packageProgram('@biomejs/biome', 'biome'), 'format', '.'],
    ...(existsSync(inRoot('test', 'structure.test.ts'))
      ? [[packageProgram('vitest'), 'run', '--project', 'unit', 'test/structure.test.ts']]
      : []),
  ],
}

const [name = '', ...args] = process.argv.slice(2)
const command = commands[name]
if (!command) fail(`Usage: node scripts/bootstrap.mjs <${Object.keys(commands).join('|')}> [arguments]`)

installIfNeeded()
const node = findNode()
generateIfNeeded()
for (const step of command()) {
  const code = await hand(step, args)
  if (code !== 0) process.exit(code)
}

function installIfNeeded() {
  const marker = inRoot('node_modules', '.jiuzhu-lock')
  const wanted = digest('package-lock.json')
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return
  say('首次安装依赖 Installing dependencies (npm ci, about a minute) …')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  run(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'npm ci failed; the lines above say why')
  writeFileSync(marker, wanted)
}

function generateIfNeeded() {
  const schema = inRoot('prisma', 'schema.prisma')
  if (!existsSync(schema)) return
  const marker = inRoot('node_modules', '.jiuzhu-schema')
  const wanted = digest('prisma/schema.prisma')
  const generated = existsSync(inRoot('prisma', 'generated', 'client.ts'))
  if (generated && existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return
  say('生成数据库客户端 Generating the database client …')
  // A copy unpacked without file modes would have lost it.
  chmodSync(schemaEngine, 0o755)
  run(node, [packageProgram('prisma'), 'generate', '--no-hints'], 'prisma generate failed', true)
  writeFileSync(marker, wanted)
}

function findNode() {
  const own = path.join(programs, process.platform === 'win32' ? 'node.exe' : 'node')
  if (existsSync(own) && majorOf(own) >= neededMajor) return own
  if (Number(process.versions.node.split('.')[0]) >= neededMajor) return process.execPath
  return fail(
    `需要 Node ${neededMajor} Node ${neededMajor} or newer is needed; this is ${process.version} and ` +
      `${own} is missing or does not run. Run "npm ci" without --omit=optional, or install Node ${neededMajor}.`,
  )
}

function majorOf(program) {
  const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' })
  return Number(/^v(\d+)/.exec(stdout ?? '')?.[1] ?? 0)
}

function packageProgram(packageName, programName = packageName) {
  const manifest = JSON.parse(readFileSync(inRoot('node_modules', packageName, 'package.json'), 'utf8'))
  const file = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[programName]
  return inRoot('node_modules', packageName, file)
}

function run(program, programArgs, problem, quiet = false) {
  const result = spawnSync(program, programArgs, {
    cwd: root,
    env,
    stdio: quiet ? 'pipe' : 'inherit',
    encoding: 'utf8',
  })
  if (result.status === 0) return
  if (quiet) process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`)
  fail(`${problem}${result.error ? `: ${result.error.message}` : ''}`)
}

function hand(step, extra) {
  const isLast = step === command().at(-1) || name !== 'check'
  const settings = existsSync(inRoot('.env')) ? ['--env-file=.env'] : []
  const nodeArgs = [...settings, ...step, ...(isLast ? extra : [])]
  const child = spawn(node, nodeArgs, { cwd: root, env, stdio: 'inherit' })
  // The terminal sends Ctrl-C to the whole group; this process only has to stay until the child has tidied up.
  process.on('SIGINT', () => {})
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => {
    child.once('error', (error) => {
      fail(`Could not start Node: ${error.message}`)
    })
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)))
  })
}

function digest(file) {
  return createHash('sha256')
    .update(readFileSync(inRoot(file)))
    .digest('hex')
}

function say(line) {
  process.stderr.write(`${line}\n`)
}

function fail(line) {
  say(line)
  process.exit(1)
}
