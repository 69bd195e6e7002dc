import type { Role } from '../../domain/vocabulary.ts'
import { roles } from '../../domain/vocabulary.ts'
import type { Archive, Db } from '../../prisma/client.ts'
import { rowOfDay } from '../../prisma/stores/system/rows.ts'
import { plainDate } from '../../domain/time/plain-date.ts'

export const officeId = 'bureau'
export const postOf = (role: Role) => `post ${role}`
/** Who has a post from the beginning; administrators are two. */
export const incumbentOf = (role: Role) => `incumbent ${role}`
export const secondAdministrator = 'second administrator'

/** An office with a post of every role, each with somebody on it. */
export async function plantOneOfEachRole({ db }: Archive): Promise<void> {
  await db.place.create({ data: { id: 'city', level: 'CITY' } })
  await db.office.create({
    data: { id: officeId, kind: 'CIVIL_AFFAIRS_BUREAU', level: 'CITY', name: officeId, placeId: 'city' },
  })
  await db.jurisdiction.create({
    data: { officeId, placeId: 'city', effectiveFrom: rowOfDay(plainDate('2021-01-01')) },
  })
  for (const role of roles) {
    await db.post.create({ data: { id: postOf(role), officeId, role, title: role } })
    await plantOfficer(db, { id: incumbentOf(role), person: incumbentOf(role), role })
  }
  await plantOfficer(db, { id: secondAdministrator, person: secondAdministrator, role: 'ADMINISTRATOR' })
}

/** An account of a person, on a post of a role if on any. */
export async function plantOfficer(
  db: Db,
  { id, person, role = null, disabled = false }: { id: string; person: string; role?: Role | null; disabled?: boolean },
): Promise<void> {
  const disabledAt = disabled ? new Date() : null
  const account = { staffNumber: id, name: id, passwordHash: '', identityIndex: indexOf(person), disabledAt }
  await db.officer.create({ data: { id, ...account } })
  if (role !== null)
    await db.postHolding.create({
      data: { postId: postOf(role), officerId: id, effectiveFrom: rowOfDay(plainDate('2021-01-01')) },
    })
}

export function indexOf(person: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(person)
}
