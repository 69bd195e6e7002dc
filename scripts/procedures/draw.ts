import { readFileSync } from 'node:fs'
import path from 'node:path'
import { clockKindLabels, matterKindLabels, roleLabels } from '../../domain/labels.ts'
import { commonActs } from '../../domain/matter/acts.ts'
import type { StageOf } from '../../domain/matter/course.ts'
import { type LimitKey, limitLabels } from '../../domain/matter/limit-keys.ts'
import type { Procedure } from '../../domain/matter/procedure.ts'
import type { LimitValue } from '../../domain/policy/parameters.ts'
import { actionLabels, factLabels, stageLabels } from '../../domain/procedures/words.ts'

const root = path.resolve(import.meta.dirname, '../..')

/** Where the page of a procedure lies. */
export function pageOf({ kind }: Procedure): string {
  return `docs/procedures/${kind.toLowerCase().replaceAll('_', '-')}.md`
}

/** The page of a procedure: its course as a state diagram and a table, drawn from the record and from the nation's rows. */
export function drawProcedure(procedure: Procedure): string {
  const { kind, opening } = procedure
  const opener = `${actionLabel(opening.action)} (\`${opening.action}\`), by ${rolesOf(opening.roles)}`
  return `# ${matterKindLabels[kind]} (\`${kind}\`)

Drawn from \`domain/procedures/${folderOf(procedure)}/procedure.ts\` by \`npm run draw-procedures\`; a test holds both in step. Days are those
of the nation's rows in \`prisma/seed/data/parameters.json\`; a place may have rows of its own. What every matter knows besides
(waiting, urging, naming who acts, marking, orders) is left out.

Opened by ${opener}.

${diagram(procedure)}

| Stage | Level | What happens | Acts | Limits | By itself |
| --- | --- | --- | --- | --- | --- |
${Object.entries(procedure.course)
  .map(([stage, line]) => rowOf(stage, line))
  .join('\n')}

| Limit | By | Length | Document |
| --- | --- | --- | --- |
${limitsIn(procedure)
  .flatMap((limit) => limitRows(procedure, limit))
  .join('\n')}
`
}

function diagram({ course, opening }: Procedure): string {
  const first = Object.keys(course)[0] ?? 'CLOSED'
  const arrows = Object.entries(course).flatMap(([from, { goesTo }]) =>
    Object.entries(goesTo).flatMap(([by, targets = []]) => targets.map((to) => `  ${from} --> ${nodeOf(to)}: ${by}`)),
  )
  return ['```mermaid', 'stateDiagram-v2', `  [*] --> ${first}: ${opening.action}`, ...arrows, '```'].join('\n')
}

function nodeOf(stage: string): string {
  return stage === 'CLOSED' ? '[*]' : stage
}

function rowOf(stage: string, { level, what, acts, limits, byItself = '' }: StageOf): string {
  const own = acts.filter(({ action }) => !commonActs.some((common) => common === action))
  const cells = [
    `${labelOf(stageLabels, stage)} \`${stage}\``,
    level.toLowerCase(),
    what,
    own.map(({ action, roles }) => `${actionLabel(action)} \`${action}\`: ${rolesOf(roles)}`).join('<br>'),
    limits.map((limit) => `${limitLabels[limit]} \`${limit}\``).join('<br>'),
    byItself,
  ]
  return `| ${cells.join(' | ')} |`
}

/** Limits in the order in which they first run. */
function limitsIn({ course }: Procedure): LimitKey[] {
  return [...new Set(Object.values(course).flatMap(({ limits }) => limits))]
}

/** A limit, line by line of the nation's rows that may state it. */
function limitRows({ limits }: Procedure, limit: LimitKey): string[] {
  return (limits[limit]?.statedBy ?? []).map((key) => {
    const row = nation().findLast((one) => one.key === key)
    const [length, source] = row === undefined ? ['no row of the nation', ''] : [lengthOf(row.value), row.source]
    return `| ${limitLabels[limit]} \`${limit}\` | \`${key}\` | ${length} | ${source} |`
  })
}

function lengthOf({ kind, amount }: LimitValue): string {
  return kind === 'FIXED_DAY' ? `每月${amount}日` : `${amount}${clockKindLabels[kind]}`
}

type NationRow = { place: string; key: string; value: LimitValue; effectiveFrom: string; source: string }

function nation(): NationRow[] {
  const rows = JSON.parse(readFileSync(path.join(root, 'prisma/seed/data/parameters.json'), 'utf8')) as NationRow[]
  return rows.filter(({ place }) => place === 'CN').toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1))
}

function folderOf({ kind }: Procedure): string {
  return kind.toLowerCase().replaceAll('_', '-')
}

function rolesOf(roles: readonly (keyof typeof roleLabels)[]): string {
  return roles.map((role) => roleLabels[role]).join('、')
}

function actionLabel(action: string): string {
  return labelOf(actionLabels, action)
}

function labelOf(labels: Readonly<Record<string, string>>, word: string): string {
  return labels[word] ?? labelOfFact(word)
}

function labelOfFact(word: string): string {
  return (factLabels as Readonly<Record<string, string>>)[word] ?? word
}
