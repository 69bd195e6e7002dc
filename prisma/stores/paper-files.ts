import type { PaperKind } from '../../domain/vocabulary.ts'
import type { Archive, Db } from '../client.ts'
import { findPaperBody } from './papers.ts'

/** A paper with what it says. */
export type PaperWithBody = { kind: PaperKind; contentType: string; fileName: string | null; body: string }

/** A paper of a case; nothing when it is of another case or was lawfully erased. */
export async function findPaper(
  archive: Pick<Archive, 'cipher'> & { db: Db },
  caseId: string,
  paperId: string,
): Promise<PaperWithBody | null> {
  const row = await archive.db.paper.findFirst({
    where: { id: paperId, caseId, erasedAt: null },
    select: { kind: true, contentType: true, fileName: true },
  })
  const body = row === null ? null : await findPaperBody(archive, caseId, paperId)
  return row === null || body === null ? null : { ...row, body }
}
