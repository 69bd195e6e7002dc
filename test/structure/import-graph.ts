import path from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'

export const root = path.resolve(import.meta.dirname, '../..')

/** The folders that the table of imports speaks of. */
export const folders = [
  'domain',
  'workflows',
  'activities',
  'prisma',
  'api',
  'worker',
  'sandbox',
  'platform',
  'scripts',
] as const

export type ImportGraph = { modules: string[]; dependencies: number; violations: string[] }

/** Reads the imports below a folder and holds them against the table; each violation as `rule: from → to`. */
export async function readImportGraph(baseDir: string, within: readonly string[]): Promise<ImportGraph> {
  const options = await extractDepcruiseOptions(path.join(root, '.dependency-cruiser.mjs'))
  const { output } = await cruise([...within], { ...options, baseDir })
  const { modules, summary } = output as ICruiseResult
  return {
    modules: modules.map(({ source }) => source),
    dependencies: summary.totalDependenciesCruised ?? 0,
    violations: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  }
}
