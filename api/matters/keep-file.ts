import { stableId } from '../../platform/stable-id.ts'
import type { Archive } from '../../prisma/client.ts'
import { readCase } from '../../prisma/stores/matter/case-reading.ts'
import { keepPaper } from '../../prisma/stores/matter/papers.ts'
import type { z } from '../../domain/schemas/zod.ts'
import { FileHeaders, type FileType } from './paper-contract.ts'
import { faultsOf } from '../http/input.ts'
import { auditPaper } from './audit-paper.ts'
import { once } from '../http/once.ts'
import { faultOfFile, isFileType } from './file-faults.ts'
import { safeFileName } from './file-name.ts'
import { caseNotThere, fault, inputFault } from '../http/problem.ts'
import type { Ask } from '../http/route.ts'
import { auditRecusal } from './audit-recusal.ts'
import { refuseClosed } from './refuse-closed.ts'

type FileAsk = Pick<Ask, 'asker' | 'requestId' | 'contentDigest' | 'headers'> & {
  params: { matterId: string }
  body: Buffer
}

/** Keeps a file as evidence in an open case. It means nothing until an act cites it. */
export async function keepFile(archive: Archive, ask: FileAsk): Promise<{ paperId: string; digest: string }> {
  const { asker, requestId, params, headers, body } = ask
  const { matterId } = params
  const contentType = typeOfFile(body, headers['content-type'])
  const said = readHeaders(FileHeaders, headers)
  const fileName = said['File-Name'] === undefined ? undefined : safeFileName(said['File-Name'], contentType)
  const action = 'ADD_PAPER'
  const place = await auditRecusal(archive, { asker, matterId, action }, async () =>
    readCase(archive, { matterId, asker }, async ({ row, now }) => ({ row, now })),
  )
  if (place === null) throw caseNotThere()
  return once(archive, ask, { action, matterId }, async (db) => {
    await refuseClosed(db, matterId)
    const paper = await keepPaper(
      { db, cipher: archive.cipher },
      {
        paperId: stableId(asker.officerId, requestId, 'EVIDENCE'),
        matterId,
        countyId: place.row.countyId,
        kind: 'EVIDENCE',
        contentType,
        body: body.toString('base64'),
        ...(fileName === undefined ? {} : { fileName }),
        evidenceKind: said['Evidence-Kind'],
        title: said['Evidence-Title'],
        writtenBy: asker.officerId,
        writtenAt: place.now,
      },
    )
    await auditPaper(db, { action: 'ADD_PAPER', asker, row: place.row, paper })
    return { paperId: paper.paperId, digest: paper.digest }
  })
}

/** What a file is by its header, if it is that. */
export function typeOfFile(content: Buffer, header: string | string[] | undefined): FileType {
  const type = String(header).split(';')[0]?.trim().toLowerCase() ?? ''
  const wrong = faultOfFile(Buffer.isBuffer(content) ? content : Buffer.alloc(0), type)
  if (wrong !== null || !isFileType(type)) throw fault(wrong ?? 'fileNotAccepted')
  return type
}

/** What is said of a file travels beside it, each word written as in an address. @throws with all faults at once. */
export function readHeaders<Headers extends z.ZodObject>(
  schema: Headers,
  headers: FileAsk['headers'],
): z.output<Headers> {
  const read = schema.safeParse(
    Object.fromEntries(Object.keys(schema.shape).map((name) => [name, decode(headers[name.toLowerCase()])])),
  )
  if (!read.success) throw inputFault(faultsOf(read.error))
  return read.data
}

function decode(text: string | string[] | undefined): string | undefined {
  if (typeof text !== 'string' || text === '') return undefined
  try {
    return decodeURIComponent(text)
  } catch {
    throw fault('headerNotReadable')
  }
}
