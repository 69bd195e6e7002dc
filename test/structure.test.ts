import { spawnSync } from 'node:child_process'
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundleWorkflows } from '../worker/workers.ts'
import { deadCommands, deadNames, deadVariables, readDocuments } from './structure/document-links.ts'
import { folders, type ImportGraph, readImportGraph, root } from './structure/import-graph.ts'
import { lawfulFiles, planted, plantInto } from './structure/planted.ts'
import { promisesLeftAlone } from './structure/promise-rules.ts'
import { brokenRules, sourceRules } from './structure/source-rules.ts'

// A tool that reads nothing finds no violations either; the system had 241 modules when this was written.
const fewestModules = 200
const fewestDependencies = 800

describe('who imports whom', () => {
  it('keeps to the table', { timeout: 60_000 }, async () => {
    const graph = await readImportGraph(root, folders)
    expect(graph.violations).toEqual([])
    expect(graph.modules.length).toBeGreaterThan(fewestModules)
    expect(graph.dependencies).toBeGreaterThan(fewestDependencies)
    for (const folder of folders) expect(graph.modules.some((module) => module.startsWith(`${folder}/`))).toBe(true)
  })
})

describe('the table of imports', () => {
  let baseDir: string
  let graph: ImportGraph

  beforeAll(async () => {
    // Below the project, so that packages resolve as they do for it.
    const scratch = path.join(root, '.data')
    await mkdir(scratch, { recursive: true })
    baseDir = await mkdtemp(path.join(scratch, 'planted-'))
    await plantInto(baseDir)
    graph = await readImportGraph(baseDir, [...folders])
  }, 60_000)

  afterAll(() => rm(baseDir, { recursive: true, force: true }))

  it.each(planted)('$file is noticed by $rule', ({ file, rule }) => {
    expect(graph.violations.filter((line) => line.startsWith(`${rule}: ${file} →`))).not.toEqual([])
  })

  it.each(lawfulFiles)('%s passes', (file) => {
    expect(graph.violations.filter((line) => line.includes(`: ${file} →`))).toEqual([])
  })
})

const sources = folders.flatMap((folder) =>
  globSync(`${folder}/**/*.ts`, {
    cwd: root,
    exclude: (name) => name === 'generated' || name.includes('/generated'),
  }),
)

describe('promises', () => {
  it('are awaited where they are made, so that none is left to nobody', () => {
    const left = sources.flatMap((file) =>
      promisesLeftAlone(readFileSync(path.join(root, file), 'utf8')).map((name) => `${file}: ${name}`),
    )
    expect(left).toEqual([])
  })

  it.each([
    ['const rows = ids.map((id) => read(id)); check(); await Promise.all(rows)', ['rows']],
    ['const first = read(1); const second = read(2); await Promise.all([first, second])', ['first']],
    ['let kept; kept ??= read(1); check(); await kept', ['kept']],
    ['const left = new Promise((resolve, reject) => begin(resolve, reject)); check(); await left', ['left']],
    ['const rows = ids.map((id) => read(id)); return { next: check(), rows: await Promise.all(rows) }', ['rows']],
    ['const row = await read(1); await Promise.all(ids.map(read))', []],
    ['const row = read(1); try { return await Promise.race([row, late]) } finally { stop() }', []],
    ['const ended = new Promise((resolve) => child.once("exit", resolve)); await ended', []],
    ['const engine = prepare(); engine.catch(() => {}); await engine', []],
    ['const engine = prepare().catch(tell); await engine', []],
  ])('%s', (text, left) => {
    expect(promisesLeftAlone(`async function told() { ${text} }`)).toEqual(left)
  })

  it('are noticed by the linter when nobody waits for them', { timeout: 60_000 }, () => {
    const config = path.join(root, '.oxlintrc.json')
    const { rules } = JSON.parse(readFileSync(config, 'utf8')) as { rules: Record<string, unknown> }
    expect(rules['typescript/no-floating-promises']).toEqual(['error', { ignoreVoid: false, checkThenables: true }])
    const file = path.join(root, 'scripts', `planted-${process.pid}.ts`)
    writeFileSync(file, leftToNobody)
    const { stdout } = spawnSync('oxlint', ['--type-aware', '-c', config, file], { cwd: root, encoding: 'utf8' })
    rmSync(file)
    for (const line of [2, 3, 4]) expect(stdout).toContain(`:${line}:`)
    expect(stdout).toContain('no-floating-promises')
    expect(stdout).toContain('no-misused-promises')
  })
})

const leftToNobody = `const work = async (): Promise<void> => undefined
work()
void work()
;[1].forEach(async () => work())
`

describe('habits of the source', () => {
  it('are kept in every file', () => {
    expect(sources.length).toBeGreaterThan(fewestModules / 2)
    const broken = sources.flatMap((file) =>
      brokenRules(file, readFileSync(path.join(root, file), 'utf8')).map((rule) => `${file}: ${rule}`),
    )
    expect(broken).toEqual([])
  })

  it.each([
    ['domain/x.ts', 'const now = Date.now()', 'the rule book has no clock'],
    ['domain/x.ts', 'const now = new Date( )', 'the rule book has no clock'],
    ['domain/x.ts', 'const id = Math.random()', 'the rule book throws no dice'],
    ['domain/x.ts', 'const zone = process.env.TZ', 'rule book and procedure have no surroundings'],
    ['workflows/x.ts', 'const now = Date.now()', 'one file of the procedure knows the time'],
    ['workflows/x.ts', 'names.sort((a, b) => a.localeCompare(b))', 'no locale in the procedure'],
    ['api/x.ts', 'const port = process.env.PORT', 'only configuration reads the environment'],
    [
      'prisma/x.ts',
      'const client = new pg.Client({ connectionString })',
      'sessions with a database are set up in one place',
    ],
    ['prisma/x.ts', "import { type A, type B } from './a.ts'", 'types alone are imported as types'],
    ['domain/x.ts', "const why = '本案已办结,请刷新'", 'Chinese is punctuated in full width'],
    ['workflows/x.ts', "type A = import('../prisma/client.ts').A", 'imports stand at the top'],
  ])('%s: %s is noticed', (file, text, rule) => {
    expect(sourceRules.map(({ name }) => name)).toContain(rule)
    expect(brokenRules(file, text)).toContain(rule)
  })

  it.each([
    ['domain/x.ts', 'const day = new Date(ms)'],
    ['domain/x.ts', '// never Date.now() here'],
    ['workflows/shared/running-deadline.ts', 'const at = Date.now() + ms'],
    ['prisma/x.ts', "import { type A, b } from './a.ts'"],
  ])('%s: %s passes', (file, text) => {
    expect(brokenRules(file, text)).toEqual([])
  })
})

describe('the procedure as workers load it', () => {
  // Measured: 1.69 MB with its source map, 20 KB of source our own. Zod alone would add more than the margin.
  const largestBytes = 1_850_000

  it('carries no rules, shapes, tables or host', { timeout: 120_000 }, async () => {
    const { code } = await bundleWorkflows({ logger: silent })
    console.info(`Workflow bundle: ${code.length} bytes`)
    expect(code.length).toBeLessThan(largestBytes)
    expect(code.length).toBeGreaterThan(largestBytes / 4)
    const modules = modulesOf(code)
    expect(modules.some((module) => module.includes('workflows/assistance-case/workflow.ts'))).toBe(true)
    expect(
      modules.filter((module) => /node_modules\/(zod|@prisma|pg|express)\/|\/prisma\/|^node:/.test(module)),
    ).toEqual([])
    const own = modules.filter((module) => module.startsWith('./') && !module.startsWith('./node_modules/'))
    expect(
      own.filter(
        (module) =>
          !/^\.\/(workflows\/|platform\/failure-converter\.ts$|domain\/matter\/permission\.ts$|domain\/procedures\/[^/]+\/procedure\.ts$)/.test(
            module,
          ),
      ),
    ).toEqual([])
  })
})

describe('a job sheet', () => {
  const sheets = readDocuments().filter(({ file }) => /^docs\/tasks\/(?!README)/.test(file))

  it.each(sheets.map(({ file, text }) => [file, text]))(
    '%s ends with the commands that show that it was done',
    (_, text) => {
      expect(text.trimEnd().endsWith('```\nnpm run check\nnpm test\nnpm run demo\n```')).toBe(true)
    },
  )
})

describe('documents', () => {
  const documents = readDocuments()

  it('are there', () => {
    expect(documents.length).toBeGreaterThan(15)
  })

  it.each(documents)('$file names only what exists', (document) => {
    expect(deadNames(document)).toEqual([])
    expect(deadCommands(document)).toEqual([])
    expect(deadVariables(document)).toEqual([])
  })

  it('that name what is not there are noticed', () => {
    const document = {
      file: 'README.md',
      text: '`domain/nowhere.ts`, [here](docs/gone.md), `npm run fly`, `JIUZHU_WINGS`',
    }
    expect(deadNames(document)).toEqual(['domain/nowhere.ts', 'docs/gone.md'])
    expect(deadCommands(document)).toEqual(['fly'])
    expect(deadVariables(document)).toEqual(['JIUZHU_WINGS'])
  })
})

const ignore = () => undefined
const silent = { log: ignore, trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore }

/** Paths of the modules in a bundle, as webpack notes them. */
function modulesOf(code: string): string[] {
  return [...code.matchAll(/^\/\*{3}\/ "([^"]+)"/gm)].map(([, module = '']) => module)
}
