import type { Archive } from '../../prisma/client.ts'
import { readCase } from '../../prisma/stores/matter/case-reading.ts'
import { numbersOfCases } from '../../prisma/stores/matter/new-cases.ts'
import { Recused } from '../../prisma/stores/matter/recusals.ts'
import type { BulkPreview, BulkPreviewIntake } from './bulk-contract.ts'
import type { Asker } from '../http/identity.ts'
import { type CaseBeside, caseBeside, reasonsOf, sentencesOf } from '../assistance-cases/likeness-view.ts'

type Group = BulkPreview['groups'][number]

/** Puts ticked cases into groups of such as may be decided together, and names those that may not, with the reason. */
export async function bulkPreviewView(
  archive: Archive,
  asker: Asker,
  { action, matterIds }: BulkPreviewIntake,
): Promise<BulkPreview> {
  const found: CaseBeside[] = []
  const notThere: string[] = []
  const recused: string[] = []
  for (const matterId of new Set(matterIds)) {
    const beside = await besideUnlessRecused(archive, asker, { matterId, action })
    if (beside === 'recused') recused.push(matterId)
    else if (beside === null) notThere.push(matterId)
    else found.push(beside)
  }
  const singly = found.filter((beside) => reasonsOf(beside, asker).length > 0)
  const alike = Map.groupBy(
    found.filter((beside) => !singly.includes(beside)),
    ({ token }) => token,
  )
  return {
    groups: [...alike].map(([likeness, cases]) => groupOf(likeness, cases, asker)),
    singly: [
      ...singly.map((beside) => {
        const { matterId, matterNumber } = beside.row
        return { matterId, matterNumber, reasons: reasonsOf(beside, asker) }
      }),
      ...(await numbersOfCases(archive.db, recused)).map((known) => ({ ...known, reasons: ['您应当回避本案'] })),
    ],
    notThere,
  }
}

async function besideUnlessRecused(
  archive: Archive,
  asker: Asker,
  { matterId, action }: { matterId: string; action: BulkPreviewIntake['action'] },
): Promise<CaseBeside | 'recused' | null> {
  try {
    return await readCase(archive, { matterId, asker }, async (reading) => caseBeside(reading, asker, action))
  } catch (error) {
    if (error instanceof Recused) return 'recused'
    throw error
  }
}

function groupOf(likeness: string, cases: readonly CaseBeside[], asker: Asker): Group {
  const rows = cases.map(({ row }) => row)
  const [first] = cases as [CaseBeside, ...CaseBeside[]]
  const fields = ['memberCount', 'amountFen', 'appliedOn', 'placeName'] as const
  return {
    likeness,
    sentences: sentencesOf(first.likeness, asker),
    differing: fields.filter((field) => new Set(rows.map((row) => row[field])).size > 1),
    rows,
  }
}
