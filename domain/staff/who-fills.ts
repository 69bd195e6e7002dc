import type { PlainDate } from '../time/plain-date.ts'
import type { Role } from '../vocabulary.ts'
import { familyOf } from './duty-families.ts'
import { type Absence, type Holding, isAwayOn, isHeldOn, type Staffing } from './staffing.ts'

/**
 * Who may sign in on a post on a day and act on it: whoever holds it, and who stands in for a holder. An absent holder who
 * comes in all the same is among them: a machine refuses nobody who holds the post.
 */
export function whoMaySit(staffing: Staffing, postId: string, day: PlainDate): string[] {
  const seated = [...holdersOn(staffing, postId, day), ...standInsOn(staffing, postId, day)]
  return [...new Set(seated)].filter((officerId) => !staffing.disabled.has(officerId))
}

/**
 * Who fills a post on a day, so that something may be expected of them: who may sit there and is not away. A stand-in who
 * is away from a post of their own is away from this one, too.
 */
export function whoFills(staffing: Staffing, postId: string, day: PlainDate): string[] {
  const { absences } = staffing
  const away = absences.filter((absence) => isAwayOn(absence, day))
  const present = holdersOn(staffing, postId, day).filter(
    (officerId) => !away.some((absence) => absence.postId === postId && absence.officerId === officerId),
  )
  const standingIn = standInsOn(staffing, postId, day).filter(
    (officerId) => !away.some((absence) => absence.officerId === officerId),
  )
  return [...new Set([...present, ...standingIn])].filter((officerId) => !staffing.disabled.has(officerId))
}

function holdersOn(staffing: Staffing, postId: string, day: PlainDate): string[] {
  return holdingsOf(staffing, postId, day)
    .filter((holding) => !otherDutiesOf(staffing, holding, day).some((other) => isOlder(other, holding)))
    .map(({ officerId }) => officerId)
}

/** Nobody stands in unsigned, or for who has left the post, nor does who works nowhere any more. */
function standInsOn(staffing: Staffing, postId: string, day: PlainDate): string[] {
  const holders = holdersOn(staffing, postId, day)
  const covers = (absence: Absence) =>
    absence.postId === postId && isAwayOn(absence, day) && holders.includes(absence.officerId)
  return staffing.absences
    .filter((absence) => covers(absence) && absence.standInAgreedBy !== null)
    .flatMap(({ standInId }) => standInId ?? [])
    .filter((officerId) =>
      staffing.holdings.some((holding) => holding.officerId === officerId && isHeldOn(holding, day)),
    )
    .filter((officerId) => otherDutiesOf(staffing, { postId, officerId }, day).length === 0)
}

function holdingsOf({ holdings }: Staffing, postId: string, day: PlainDate): Holding[] {
  return holdings.filter((holding) => holding.postId === postId && isHeldOn(holding, day))
}

/**
 * What the same person holds on whatever account of another family than that of a post. Whatever got into the books, older
 * duties void younger ones of another family, and those of a holder void standing in: nobody ever acts in two.
 */
function otherDutiesOf(
  staffing: Staffing,
  { postId, officerId }: Pick<Holding, 'postId' | 'officerId'>,
  day: PlainDate,
): Holding[] {
  const { holdings, disabled, persons } = staffing
  const personOf = (account: string) => persons.get(account) ?? account
  return holdings.filter(
    (other) =>
      personOf(other.officerId) === personOf(officerId) &&
      !disabled.has(other.officerId) &&
      isHeldOn(other, day) &&
      familyOf[roleOf(staffing, other.postId)] !== familyOf[roleOf(staffing, postId)],
  )
}

function isOlder(one: Holding, other: Holding): boolean {
  return `${one.fromOn} ${one.postId}` < `${other.fromOn} ${other.postId}`
}

function roleOf({ roles }: Staffing, postId: string): Role {
  const role = roles.get(postId)
  if (role === undefined) throw new Error(`No role is known of post ${postId}`)
  return role
}
