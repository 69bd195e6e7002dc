import { roleLabels } from '../../domain/labels.ts'
import type { FieldCipher } from '../../platform/field-cipher.ts'
import { stableId } from '../../platform/stable-id.ts'
import type { Prisma } from '../generated/client.ts'
import { identityIndex } from '../stores/household/persons.ts'
import { offices } from './offices.ts'
import { everybody, identityNumberOf, postId, type SeedPerson } from './people.ts'
import { places } from './places.ts'

const since = '2021-01-01'

/** Places with their dated names. */
export function placeRows() {
  const place: Prisma.PlaceCreateManyInput[] = places.map(({ id, parent, level, county, residenceKind }) => ({
    id,
    parentId: parent,
    level,
    residenceKind,
    countyId: county,
  }))
  const placeName: Prisma.PlaceNameCreateManyInput[] = places.flatMap(({ id, names }) =>
    names.map((name) => ({ id: stableId('PLACE_NAME', id, name.effectiveFrom), placeId: id, ...name })),
  )
  return { place, placeName }
}

/** Offices, the places they answer for, and one post for each role that somebody holds there. */
export function officeRows() {
  const office: Prisma.OfficeCreateManyInput[] = offices.map(({ place, ...rest }) => ({ ...rest, placeId: place }))
  const jurisdiction: Prisma.JurisdictionCreateManyInput[] = offices.map(({ id, place }) => ({
    id: stableId('JURISDICTION', id, place, since),
    officeId: id,
    placeId: place,
    effectiveFrom: since,
  }))
  const posts = new Map(
    everybody()
      .flatMap(postsOf)
      .map((held) => [postId(held), held]),
  )
  const post: Prisma.PostCreateManyInput[] = [...posts].map(([id, { office: officeId, role }]) => ({
    id,
    officeId,
    role,
    title: roleLabels[role],
  }))
  return { office, jurisdiction, post }
}

/** Officers with the posts they hold and the relatives they have declared. */
export function officerRows(passwordHash: string, cipher: FieldCipher) {
  const seal = (identityNumber: string) => identityIndex({ cipher }, identityNumber)
  const officer: Prisma.OfficerCreateManyInput[] = everybody().map((person) => ({
    id: person.id,
    staffNumber: person.staffNumber,
    name: person.name,
    passwordHash,
    identityIndex: seal(identityNumberOf(person)),
  }))
  const postHolding: Prisma.PostHoldingCreateManyInput[] = everybody().flatMap((person) =>
    postsOf(person).map((post) => ({
      id: stableId('POST_HOLDING', person.id, postId(post), since),
      postId: postId(post),
      officerId: person.id,
      effectiveFrom: since,
    })),
  )
  const officerRelative: Prisma.OfficerRelativeCreateManyInput[] = everybody().flatMap(({ id, relatives = [] }) =>
    relatives.map(({ identityNumber, relation }) => ({
      id: stableId('OFFICER_RELATIVE', id, identityNumber),
      officerId: id,
      identityIndex: seal(identityNumber),
      relation,
      effectiveFrom: since,
    })),
  )
  return { officer, postHolding, officerRelative }
}

function postsOf({ office, role, otherRoles = [] }: SeedPerson) {
  return [role, ...otherRoles].map((held) => ({ office, role: held }))
}
