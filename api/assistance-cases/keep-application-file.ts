import { stableId } from '../../platform/stable-id.ts'
import type { Archive, Db } from '../../prisma/client.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { isDraftWritten } from '../../prisma/stores/matter/new-cases.ts'
import { countPapers, keepPaper } from '../../prisma/stores/matter/papers.ts'
import { ApplicationFileHeaders } from '../matters/paper-contract.ts'
import { once } from '../http/once.ts'
import { fault } from '../http/problem.ts'
import type { Ask } from '../http/route.ts'
import { safeFileName } from '../matters/file-name.ts'
import { readHeaders, typeOfFile } from '../matters/keep-file.ts'
import { caseIdOfApplication } from './receive-application.ts'

type FileAsk = Pick<Ask, 'asker' | 'requestId' | 'contentDigest' | 'headers'> & { body: Buffer }

const mostFiles = 50

/**
 * Keeps a file for an application that is still to be sent: its case has an id by the request that the application will be sent
 * under. It is cited, and audited with the case, when the application names it.
 */
export async function keepApplicationFile(
  archive: Archive,
  ask: FileAsk,
): Promise<{ paperId: string; digest: string }> {
  const { asker, requestId, headers, body } = ask
  const contentType = typeOfFile(body, headers['content-type'])
  const said = readHeaders(ApplicationFileHeaders, headers)
  const fileName = said['File-Name']
  const matterId = caseIdOfApplication(asker.officerId, said['Application-Request-Id'])
  return once(archive, ask, { action: 'ADD_PAPER', matterId: null }, async (db) => {
    if (await isDraftWritten(db, matterId)) throw fault('applicationSent')
    if ((await countPapers(db, matterId)) >= mostFiles) throw fault('tooManyFiles')
    const { paperId, digest } = await keepPaper(
      { db, cipher: archive.cipher },
      {
        paperId: stableId(asker.officerId, requestId, 'EVIDENCE'),
        matterId,
        countyId: await countyOfOffice(db, asker.officeId),
        kind: 'EVIDENCE',
        contentType,
        body: body.toString('base64'),
        ...(fileName === undefined ? {} : { fileName: safeFileName(fileName, contentType) }),
        evidenceKind: said['Evidence-Kind'],
        title: said['Evidence-Title'],
        writtenBy: asker.officerId,
        writtenAt: await readClock(db),
      },
    )
    return { paperId, digest }
  })
}

async function countyOfOffice(db: Db, officeId: string): Promise<string> {
  const { placeId } = await db.office.findUniqueOrThrow({ where: { id: officeId }, select: { placeId: true } })
  const { countyId } = await db.place.findUniqueOrThrow({ where: { id: placeId }, select: { countyId: true } })
  if (countyId === null) throw new Error(`${officeId} lies in no county: mend the table of places`)
  return countyId
}
