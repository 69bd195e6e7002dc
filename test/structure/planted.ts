import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** A file that would break the table of imports, and the rule that must notice. */
export type Planted = { file: string; text: string; rule: string }

/** What the planted files import; harmless by themselves. */
const ground: Record<string, string> = {
  'prisma/generated/client.ts': 'export class PrismaClient {}\n',
  'prisma/stores/matter/matters.ts': 'export const cases = 1\n',
  'activities/contract.ts': 'export type Standing = number\nexport const standing = 1\n',
  'activities/procedures/assistance-case/payments.ts': 'export const pay = 1\n',
  'domain/vocabulary.ts': "export const stages = ['APPLIED'] as const\n",
  'domain/schemas/nouns.ts': 'export const noun = 1\n',
  'workflows/a-case/workflow.ts': 'export const story = 1\n',
  'domain/round.ts': "export * from './and-round.ts'\n",
  'sandbox/bank/book.ts': 'export const book = 1\n',
  'test/support/world.ts': 'export const world = 1\n',
}

/** One for each row of the table and each general rule. */
export const planted: readonly Planted[] = [
  plant('domain/reads-archive.ts', '../prisma/stores/matter/matters.ts', 'domain-table'),
  plant('domain/reads-files.ts', 'node:fs', 'domain-table'),
  plant('domain/checks-shapes.ts', 'zod', 'domain-table'),
  plant('domain/uses-schema.ts', './schemas/nouns.ts', 'domain-types-only'),
  plant('domain/schemas/asks-world.ts', 'express', 'domain-schemas-table'),
  plant('workflows/checks-shapes.ts', 'zod', 'workflows-table'),
  plant('workflows/acts-itself.ts', '../activities/procedures/assistance-case/payments.ts', 'workflows-table'),
  plant('workflows/hashes.ts', 'node:crypto', 'workflows-table'),
  plant('workflows/loads-contract.ts', '../activities/contract.ts', 'workflows-types-only'),
  plant('workflows/knows-rules.ts', '../domain/vocabulary.ts', 'workflows-types-only'),
  plant('activities/knows-tables.ts', '../prisma/generated/client.ts', 'activities-table'),
  plant('activities/knows-procedure.ts', '../workflows/a-case/workflow.ts', 'activities-table'),
  plant('prisma/calls-hands.ts', '../activities/procedures/assistance-case/payments.ts', 'prisma-table'),
  plant('api/calls-hands.ts', '../activities/procedures/assistance-case/payments.ts', 'api-table'),
  plant('api/runs-procedure.ts', '../workflows/a-case/workflow.ts', 'api-table'),
  plant('api/is-a-worker.ts', '@temporalio/worker', 'api-table'),
  plant('worker/knows-rules.ts', '../domain/vocabulary.ts', 'worker-table'),
  plant('platform/knows-cases.ts', '../prisma/stores/matter/matters.ts', 'platform-table'),
  plant('sandbox/knows-us.ts', '../domain/vocabulary.ts', 'sandbox-table'),
  plant('scripts/knows-tables.ts', '../prisma/generated/client.ts', 'generated-client-in-prisma-only'),
  plant('scripts/plays-bank.ts', '../sandbox/bank/book.ts', 'sandbox-stays-outside'),
  plant('api/borrows-test.ts', '../test/support/world.ts', 'no-test-code-in-the-system'),
  plant('domain/and-round.ts', './round.ts', 'no-circles'),
  plant('domain/nowhere.ts', './not-there.ts', 'resolvable'),
]

/** A file that keeps to the table although it looks as if it did not. */
const lawful: Record<string, string> = {
  'workflows/lawful.ts': "import type { Standing } from '../activities/contract.ts'\nexport type S = Standing\n",
  'domain/schemas/lawful.ts': "export * from 'zod'\n",
}

/** Writes all of it below a folder, laid out as the system is. */
export async function plantInto(baseDir: string): Promise<void> {
  const files = { ...ground, ...lawful, ...Object.fromEntries(planted.map(({ file, text }) => [file, text])) }
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(baseDir, file)), { recursive: true })
    await writeFile(path.join(baseDir, file), text)
  }
}

export const lawfulFiles = Object.keys(lawful)

function plant(file: string, imported: string, rule: string): Planted {
  return { file, rule, text: `export * from '${imported}'\n` }
}
