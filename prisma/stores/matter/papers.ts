import { createHash, randomBytes } from 'node:crypto'
import type { CitedPaper } from '../../../domain/matter/facts.ts'
import type { Instant } from '../../../domain/time/plain-date.ts'
import type { EvidenceKind, PaperKind } from '../../../domain/vocabulary.ts'
import type { Archive, Db } from '../../client.ts'
import type { Paper } from '../../generated/client.ts'
import { rowOfInstant } from '../system/rows.ts'

/** A paper to be kept: text (JSON for forms) or a file, sealed as written. */
export type NewPaper = {
  paperId: string
  matterId: string
  countyId: string
  kind: PaperKind
  /** Text, or the bytes of a file in base64. */
  body: string
  contentType: string
  fileName?: string
  evidenceKind?: EvidenceKind
  title?: string | undefined
  writtenBy: string
  writtenAt: Instant
}

const place = (paperId: string) => ({ table: 'paper', column: 'bodyCipher', rowId: paperId })

/** Keeps a paper; a second writing under the same id changes nothing. Returns what an event cites. */
export async function keepPaper(archive: Pick<Archive, 'cipher'> & { db: Db }, paper: NewPaper): Promise<CitedPaper> {
  const salt = Uint8Array.from(randomBytes(16))
  const bodyCipher = archive.cipher.seal(paper.body, place(paper.paperId))
  await archive.db.paper.createMany({
    data: [
      {
        id: paper.paperId,
        matterId: paper.matterId,
        countyId: paper.countyId,
        kind: paper.kind,
        digest: digestOf(salt, paper.body),
        salt,
        bodyCipher,
        sealedDigest: createHash('sha256').update(bodyCipher).digest('hex'),
        contentType: paper.contentType,
        fileName: paper.fileName ?? null,
        evidenceKind: paper.evidenceKind ?? null,
        title: paper.title ?? null,
        size: Buffer.byteLength(paper.body),
        writtenBy: paper.writtenBy,
        writtenAt: rowOfInstant(paper.writtenAt),
      },
    ],
    skipDuplicates: true,
  })
  const kept = await archive.db.paper.findUniqueOrThrow({ where: { id: paper.paperId } })
  return citationOf(kept)
}

/** How many papers of a case there are. */
export async function countPapers(db: Db, matterId: string): Promise<number> {
  return db.paper.count({ where: { matterId } })
}

/** The papers of a case by id; papers of other cases are not found. */
export async function citePapers(db: Db, matterId: string, paperIds: readonly string[]): Promise<CitedPaper[]> {
  if (paperIds.length === 0) return []
  const rows = await db.paper.findMany({
    where: { matterId, id: { in: [...paperIds] }, erasedAt: null },
    select: { id: true, kind: true, digest: true, sealedDigest: true },
  })
  const unsealed = rows.flatMap(({ id, sealedDigest }) => (sealedDigest === null ? id : []))
  const digests = unsealed.length === 0 ? new Map<string, string>() : await digestsAsSealed(db, unsealed)
  return rows.map((row) => citationOf({ ...row, sealedDigest: row.sealedDigest ?? digests.get(row.id) ?? null }))
}

/** Papers written before their sealed body had a digest of its own get it when they are cited. */
async function digestsAsSealed(db: Db, paperIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.$queryRaw<{ id: string; digest: string }[]>`
    SELECT id, encode(sha256("bodyCipher"), 'hex') AS digest FROM paper WHERE id = ANY(${[...paperIds]})`
  return new Map(rows.map(({ id, digest }) => [id, digest]))
}

/** What a paper says. Nothing when it was lawfully erased. */
export async function findPaperBody(
  archive: Pick<Archive, 'cipher'> & { db: Db },
  matterId: string,
  paperId: string,
): Promise<string | null> {
  const row = await archive.db.paper.findFirst({ where: { id: paperId, matterId } })
  return row?.bodyCipher ? archive.cipher.open(row.bodyCipher, place(paperId)) : null
}

/** False when the paper is there and is not the one that was cited; one that was lawfully erased proves nothing. */
export async function isPaperAsCited(
  archive: Pick<Archive, 'cipher'> & { db: Db },
  matterId: string,
  { paperId, digest }: Pick<CitedPaper, 'paperId' | 'digest'>,
): Promise<boolean> {
  const row = await archive.db.paper.findFirst({ where: { id: paperId, matterId } })
  if (row === null) return false
  if (row.bodyCipher === null || row.salt === null) return row.erasedAt !== null
  return digestOf(row.salt, archive.cipher.open(row.bodyCipher, place(paperId))) === digest
}

// Salted, because an opinion of three words could be guessed from a bare digest after the paper is erased.
function digestOf(salt: Uint8Array, body: string): string {
  return createHash('sha256').update(salt).update(body).digest('hex')
}

function citationOf({
  id,
  kind,
  digest,
  sealedDigest,
}: Pick<Paper, 'id' | 'kind' | 'digest' | 'sealedDigest'>): CitedPaper {
  return { paperId: id, kind, digest, ...(sealedDigest === null ? {} : { sealedDigest }) }
}
