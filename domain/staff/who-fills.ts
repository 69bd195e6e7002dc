import type { PlainDate } from '../time/plain-date.ts'
import { type Absence, isAwayOn, isHeldOn, type Staffing } from './staffing.ts'

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

function holdersOn({ holdings }: Staffing, postId: string, day: PlainDate): string[] {
  return holdings
    .filter((holding) => holding.postId === postId && isHeldOn(holding, day))
    .map(({ officerId }) => officerId)
}

/** Nobody stands in for who has left the post, nor does who works nowhere any more. */
function standInsOn(staffing: Staffing, postId: string, day: PlainDate): string[] {
  const holders = holdersOn(staffing, postId, day)
  const covers = (absence: Absence) =>
    absence.postId === postId && isAwayOn(absence, day) && holders.includes(absence.officerId)
  return staffing.absences
    .filter(covers)
    .flatMap(({ standInId }) => standInId ?? [])
    .filter((officerId) =>
      staffing.holdings.some((holding) => holding.officerId === officerId && isHeldOn(holding, day)),
    )
}
