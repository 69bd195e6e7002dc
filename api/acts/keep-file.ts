import { stableId } from '../../platform/stable-id.ts'
import type { Archive } from '../../prisma/client.ts'
import { readCase } from '../../prisma/stores/case-reading.ts'
import { keepPaper } from '../../prisma/stores/papers.ts'
import type { FileType } from '../contract/papers.ts'
import { auditPaper } from './audit-paper.ts'
import { once } from '../once.ts'
import { safeFileName } from './file-name.ts'
import { caseNotThere, fault } from '../problem.ts'
import type { Ask } from '../route.ts'
import { auditRecusal } from './audit-recusal.ts'
import { refuseClosed } from './refuse-closed.ts'

type FileAsk = Pick<Ask, 'asker' | 'requestId' | 'contentDigest' | 'headers'> & {
  params: { caseId: string }
  body: Buffer
}

/** Keeps a file as evidence in an open case. It means nothing until an act cites it. */
export async function keepFile(archive: Archive, ask: FileAsk): Promise<{ paperId: string; digest: string }> {
  const { asker, requestId, params, headers, body } = ask
  const { caseId } = params
  const contentType = typeOfFile(body, headers['content-type'])
  const fileName = readFileName(headers['file-name'], contentType)
  const action = 'ADD_PAPER'
  const place = await auditRecusal(archive, { asker, caseId, action }, async () =>
    readCase(archive, { caseId, asker }, async ({ row, now }) => ({ row, now })),
  )
  if (place === null) throw caseNotThere()
  return once(archive, ask, { action, caseId }, async (db) => {
    await refuseClosed(db, caseId)
    const paper = await keepPaper(
      { db, cipher: archive.cipher },
      {
        paperId: stableId(asker.officerId, requestId, 'EVIDENCE'),
        caseId,
        countyId: place.row.countyId,
        kind: 'EVIDENCE',
        contentType,
        body: body.toString('base64'),
        ...(fileName === undefined ? {} : { fileName }),
        writtenBy: asker.officerId,
        writtenAt: place.now,
      },
    )
    await auditPaper(db, { action: 'ADD_PAPER', asker, row: place.row, paper })
    return { paperId: paper.paperId, digest: paper.digest }
  })
}

const firstBytes = {
  'image/jpeg': Buffer.from([0xff, 0xd8, 0xff]),
  'image/png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  'application/pdf': Buffer.from('%PDF-'),
} as const satisfies Record<FileType, Buffer>

/** What a file says it is must be what it begins as: a page of script with the name of a picture stays outside. */
function typeOfFile(content: Buffer, header: string | string[] | undefined): FileType {
  const type = String(header).split(';')[0]?.trim().toLowerCase() as FileType
  const expected = firstBytes[type] as Buffer | undefined
  if (!Buffer.isBuffer(content) || expected === undefined || !content.subarray(0, expected.length).equals(expected)) {
    throw fault('fileNotAccepted')
  }
  return type
}

function readFileName(header: string | string[] | undefined, type: FileType): string | undefined {
  return typeof header === 'string' ? safeFileName(decode(header), type) : undefined
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw fault('fileNotAccepted')
  }
}
