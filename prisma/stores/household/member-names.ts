import { comparableName } from '../../../domain/household/comparable-name.ts'
import type { FieldCipher } from '../../../platform/field-cipher.ts'
import type { Archive, Db } from '../../client.ts'
import { Prisma } from '../../generated/client.ts'
import { type ApplicationPaper, lastPaper, readApplication } from './applications.ts'
import { readCaseEvents } from '../matter/matter-events.ts'

type Sealed = { db: Db; cipher: FieldCipher }

const purpose = 'matter_person.name'

/** What finds a name again, in whatever writing. */
export function nameIndexOf(cipher: FieldCipher, name: string): Uint8Array<ArrayBuffer> {
  return cipher.blindIndex(purpose, comparableName(name))
}

/** The same under every key that rows may have been written with. */
export function nameIndexesOf(cipher: FieldCipher, name: string): Uint8Array<ArrayBuffer>[] {
  return cipher.blindIndexCandidates(purpose, comparableName(name))
}

/** Members are found by the names in the application that counts now. */
export async function noteMemberNames(
  { db, cipher }: Sealed,
  matterId: string,
  paper: ApplicationPaper,
): Promise<void> {
  for (const [index, { name }] of paper.intake.members.entries()) {
    const personId = paper.personIds[index] as string
    await db.matterPerson.updateMany({ where: { matterId, personId }, data: { nameIndex: nameIndexOf(cipher, name) } })
  }
}

/**
 * Indexes the names of a few cases that have none yet, in the order of their ids. Null when none is left; called again with
 * the last id it goes on, also after it was cut off.
 */
export async function indexSomeNames(
  archive: Pick<Archive, 'db' | 'cipher'>,
  after: string,
  take: number,
): Promise<{ last: string; indexed: number } | null> {
  const rows = await archive.db.$queryRaw<{ matterId: string }[]>`
    SELECT DISTINCT "matterId" FROM matter_person WHERE "nameIndex" IS NULL AND "matterId" > ${after}
    ORDER BY "matterId" LIMIT ${take}`
  let indexed = 0
  for (const { matterId } of rows) {
    const events = await readCaseEvents(archive.db, matterId)
    // A draft that was never filed is nobody's case.
    if (lastPaper(events, 'APPLICATION') === null) continue
    await noteMemberNames(archive, matterId, await readApplication(archive, matterId, events))
    indexed += 1
  }
  const last = rows.at(-1)?.matterId
  return last === undefined ? null : { last, indexed }
}

/** Names that are one by their index and two as written, of different persons of one village: the same person, perhaps. */
export type NameCollision = { placeId: string; members: { matterNumber: string; name: string }[] }

/** For a person to look at; nothing is merged. */
export async function readNameCollisions(archive: Pick<Archive, 'db' | 'cipher'>): Promise<NameCollision[]> {
  const groups = await archive.db.$queryRaw<{ placeId: string; nameIndex: Uint8Array<ArrayBuffer> }[]>`
    SELECT c."placeId", p."nameIndex" FROM matter_person p JOIN matter c ON c.id = p."matterId"
    WHERE p."nameIndex" IS NOT NULL GROUP BY 1, 2 HAVING count(DISTINCT p."personId") > 1 ORDER BY 1, 2`
  const collisions: NameCollision[] = []
  for (const { placeId, nameIndex } of groups) {
    const members = await membersNamed(archive, { placeId, nameIndex })
    if (new Set(members.map(({ name }) => name)).size > 1) collisions.push({ placeId, members })
  }
  return collisions
}

async function membersNamed(
  archive: Pick<Archive, 'db' | 'cipher'>,
  { placeId, nameIndex }: { placeId: string; nameIndex: Uint8Array<ArrayBuffer> },
) {
  const rows = await archive.db.$queryRaw<{ matterId: string; matterNumber: string; personId: string }[]>`
    SELECT c.id AS "matterId", c.number AS "matterNumber", p."personId" FROM matter_person p JOIN matter c ON c.id = p."matterId"
    WHERE c."placeId" = ${placeId} AND p."nameIndex" = ${Prisma.sql`${nameIndex}`} ORDER BY c.number`
  return Promise.all(
    rows.map(async ({ matterId, matterNumber, personId }) => {
      const paper = await readApplication(archive, matterId, await readCaseEvents(archive.db, matterId))
      return { matterNumber, name: paper.intake.members[paper.personIds.indexOf(personId)]?.name ?? '' }
    }),
  )
}
