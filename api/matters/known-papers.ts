import type { CaseReading } from '../../prisma/stores/matter/case-reading.ts'
import type { Db } from '../../prisma/client.ts'
import { citePapers } from '../../prisma/stores/matter/papers.ts'
import { inputFault } from '../http/problem.ts'

/** Evidence that an act names must have been handed in for this case. */
export async function refuseUnknownPapers({ db, row }: CaseReading, paperIds: readonly string[]): Promise<void> {
  await refusePapersNotOf(db, row.id, paperIds)
}

/** The same for a case by its id. */
export async function refusePapersNotOf(db: Db, matterId: string, paperIds: readonly string[]): Promise<void> {
  const known = await citePapers(db, matterId, paperIds)
  const faults = paperIds.flatMap((paperId, index) =>
    known.some((paper) => paper.paperId === paperId && paper.kind === 'EVIDENCE')
      ? []
      : [{ path: ['evidencePaperIds', index], message: '没有找到该证明材料，请先上传。' }],
  )
  if (faults.length > 0) throw inputFault(faults)
}
