import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './import-graph.ts'

/** A document and what it names. */
export type Document = { file: string; text: string }

const topLevel = [
  '\\.ci',
  'activities',
  'api',
  'console',
  'docs',
  'domain',
  'platform',
  'prisma',
  'sandbox',
  'scripts',
  'test',
  'worker',
  'workflows',
]
const inTree = new RegExp(`(?<![\\w/.@~-])(?:${topLevel.join('|')})/[\\w./*-]*[\\w/*](?![\\w<])`, 'g')
const inBackticks = /`((?:\.\.?\/)*[\w.-]+(?:\/[\w.-]+)*\.(?:ts|mjs|md|json|yml|yaml|prisma|sql)|Dockerfile|LICENSE)`/g
// Stages, acts and events are written alike; only these beginnings are variables.
const variable =
  /^(JIUZHU|DATABASE|POSTGRES|TEMPORAL|MATCHING_(CENTRE|API|CALLBACK)|BANK_(URL|API|CALLBACK)|FIELD|PAYLOAD|BLIND|WORKER|SEAL|DATA_DIR|LOG)_?/
const inLinks = /\]\((?!https?:|#|mailto:)([^)\s#]+)/g

/** Every document that people read, without what they install. */
export function readDocuments(): Document[] {
  const files = ['*.md', 'docs/**/*.md', 'domain/**/*.md', 'sandbox/**/*.md', 'test/**/*.md']
  return files
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .sort()
    .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }))
}

/** Files and folders that a document names and that are not there. */
export function deadNames({ file, text }: Document): string[] {
  const here = path.dirname(path.join(root, file))
  const named = [...text.matchAll(inTree)].map(([name]) => name)
  const quoted = [...text.matchAll(inBackticks)].map(([, name = '']) => name)
  const linked = [...text.matchAll(inLinks)].map(([, name = '']) => name)
  return [
    ...new Set([
      ...named.filter((name) => !isThere(path.join(root, name))),
      ...quoted.filter((name) => !isThere(path.join(root, name)) && !isThere(path.join(here, name))),
      ...linked.filter((name) => !isThere(path.join(here, name))),
    ]),
  ]
}

/** Commands that a document tells people to type and that the package does not have. */
export function deadCommands({ text }: Document): string[] {
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const named = [...text.matchAll(/\bnpm (?:run (\S+?)|(start|test))(?=[\s`.,;:)，。；：）]|$)/gm)]
  return named.map(([, run, short]) => run ?? short ?? '').filter((name) => !(name in scripts))
}

/** Variables that a document explains and that nothing reads. */
export function deadVariables({ text }: Document): string[] {
  const known = ['.env.example', 'docker-compose.yml', 'sandbox/README.md']
    .map((file) => readFileSync(path.join(root, file), 'utf8'))
    .join('\n')
  const named = [...text.matchAll(/`([A-Z][A-Z0-9]*_[A-Z0-9_]+)`/g)].map(([, name = '']) => name)
  return [...new Set(named)].filter((name) => variable.test(name) && !new RegExp(`\\b${name}\\b`).test(known))
}

function isThere(name: string): boolean {
  return name.includes('*') ? globSync(name).length > 0 : existsSync(name)
}
