import type { Instant } from '../../../domain/time/plain-date.ts'
import type { EvidenceKind, PaperKind } from '../../../domain/vocabulary.ts'
import type { Archive, Db } from '../../client.ts'
import { findPaperBody } from './papers.ts'
import { instantOfRow } from '../system/rows.ts'

/** A paper with what it says. */
export type PaperWithBody = { kind: PaperKind; contentType: string; fileName: string | null; body: string }

/** A paper of a case; nothing when it is of another case or was lawfully erased. */
export async function findPaper(
  archive: Pick<Archive, 'cipher'> & { db: Db },
  matterId: string,
  paperId: string,
): Promise<PaperWithBody | null> {
  const row = await archive.db.paper.findFirst({
    where: { id: paperId, matterId, erasedAt: null },
    select: { kind: true, contentType: true, fileName: true },
  })
  const body = row === null ? null : await findPaperBody(archive, matterId, paperId)
  return row === null || body === null ? null : { ...row, body }
}

/** A paper of a case, without what it says. */
export type PaperOfCase = {
  paperId: string
  kind: PaperKind
  evidenceKind: EvidenceKind | null
  title: string | null
  fileName: string | null
  contentType: string
  writtenBy: string
  writtenAt: Instant
}

/** What is in a file, in the order in which it came; what was lawfully erased is not. */
export async function readPapersOfCase(db: Db, matterId: string): Promise<PaperOfCase[]> {
  const rows = await db.paper.findMany({
    where: { matterId, erasedAt: null },
    omit: { bodyCipher: true, salt: true },
    orderBy: [{ writtenAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(({ id, kind, evidenceKind, title, fileName, contentType, writtenBy, writtenAt }) => ({
    paperId: id,
    kind,
    evidenceKind: evidenceKind as EvidenceKind | null,
    title,
    fileName,
    contentType,
    writtenBy,
    writtenAt: instantOfRow(writtenAt),
  }))
}
