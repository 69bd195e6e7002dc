import { randomUUID } from 'node:crypto'
import type { Instant } from '../../../domain/time/plain-date.ts'
import type { FieldCipher } from '../../../platform/field-cipher.ts'
import type { Archive, Db } from '../../client.ts'
import { readApplication } from './applications.ts'
import type { LockedCase } from '../matter/locked-matter.ts'
import { rowOfInstant } from '../system/rows.ts'

type Sealed = Pick<Archive, 'cipher'> & { db: Db }

const purpose = 'person_identity.number'
const place = (rowId: string) => ({ table: 'person_identity', column: 'numberCipher', rowId })

/**
 * Our own id for the person with this identity number, made when the number is new in the county. The number is an
 * attribute with dates, not the identity: wrong numbers get corrected.
 */
export async function personIdFor(
  archive: Sealed,
  { countyId, identityNumber, now }: { countyId: string; identityNumber: string; now: Instant },
): Promise<string> {
  const known = await findPersonId(archive, { countyId, identityNumber })
  if (known !== null) return known
  const personId = randomUUID()
  const identityId = randomUUID()
  const at = rowOfInstant(now)
  const numberIndex = archive.cipher.blindIndex(purpose, identityNumber)
  const sealed = archive.cipher.seal(identityNumber, place(identityId))
  await archive.db.person.create({ data: { id: personId, countyId, createdAt: at } })
  await archive.db.personIdentity.createMany({
    data: [
      {
        id: identityId,
        personId,
        countyId,
        numberCipher: sealed,
        numberIndex,
        indexKeyId: archive.cipher.keyIdOfIndex(numberIndex),
        effectiveFrom: at,
      },
    ],
    // Two clerks may meet the same new person at once: the first row in force wins and both use it.
    skipDuplicates: true,
  })
  return (await findPersonId(archive, { countyId, identityNumber })) as string
}

/** Another number of somebody who is known already: a newborn who was entered by a birth certificate has got theirs. */
export async function addIdentity(
  { db, cipher }: Sealed,
  {
    personId,
    countyId,
    identityNumber,
    now,
  }: { personId: string; countyId: string; identityNumber: string; now: Instant },
): Promise<void> {
  const id = randomUUID()
  const numberIndex = cipher.blindIndex(purpose, identityNumber)
  await db.personIdentity.createMany({
    data: [
      {
        id,
        personId,
        countyId,
        numberCipher: cipher.seal(identityNumber, place(id)),
        numberIndex,
        indexKeyId: cipher.keyIdOfIndex(numberIndex),
        effectiveFrom: rowOfInstant(now),
      },
    ],
    skipDuplicates: true,
  })
}

export async function findPersonId(
  { db, cipher }: Sealed,
  { countyId, identityNumber }: { countyId: string; identityNumber: string },
): Promise<string | null> {
  const identity = await db.personIdentity.findFirst({
    where: { countyId, effectiveTo: null, numberIndex: { in: cipher.blindIndexCandidates(purpose, identityNumber) } },
    select: { personId: true },
  })
  return identity?.personId ?? null
}

/** The look-up value of an identity number, for the registers of officers and their relatives. */
export function identityIndex({ cipher }: Pick<Archive, 'cipher'>, identityNumber: string): Uint8Array<ArrayBuffer> {
  return cipher.blindIndex(purpose, identityNumber)
}

/** The same by every key that is in use. */
export function numberIndexesOf(cipher: FieldCipher, identityNumber: string): Uint8Array<ArrayBuffer>[] {
  return cipher.blindIndexCandidates(purpose, identityNumber)
}

/** The look-up values of persons by every key that is in use, so that one who was written down under another is found. */
export async function identityIndexesOf(
  archive: Sealed,
  personIds: readonly string[],
): Promise<Uint8Array<ArrayBuffer>[]> {
  const numbers = await readIdentityNumbers(archive, personIds)
  return [...numbers.values()].flatMap((number) => archive.cipher.blindIndexCandidates(purpose, number))
}

/** Identity numbers in clear by person, for the few places that must show or send them. */
export async function readIdentityNumbers(
  { db, cipher }: Sealed,
  personIds: readonly string[],
): Promise<Map<string, string>> {
  // Of several numbers of one person the last one counts.
  const rows = await db.personIdentity.findMany({
    where: { personId: { in: [...personIds] }, effectiveTo: null },
    orderBy: [{ effectiveFrom: 'asc' }, { id: 'asc' }],
  })
  return new Map(rows.map((row) => [row.personId, cipher.open(row.numberCipher, place(row.id))]))
}

/** Whom the matching centre is asked about: the whole household, under our own references. */
export async function readPersonsForMatching(archive: Sealed, { row, events, state }: LockedCase) {
  const { intake, personIds } = await readApplication(archive, row.id, events)
  const numbers = await readIdentityNumbers(archive, personIds)
  const persons = personIds.map((personRef, index) => ({
    personRef,
    name: intake.members[index]?.name as string,
    identityNumber: numbers.get(personRef) as string,
  }))
  // Who was taken off is asked about no more.
  return persons.filter(({ personRef }) => state.memberPersonIds.includes(personRef))
}
