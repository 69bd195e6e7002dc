import type { PlainDate } from '../time/plain-date.ts'
import { StaffRefused } from './staff-refusals.ts'

/** Who stands in for an officer whenever they are away; without end where `throughOn` is null. */
type Deputyship = { officerId: string; deputyId: string; fromOn: PlainDate; throughOn: PlainDate | null }

/** Why somebody cannot be a standing deputy, or null. One officer has one deputy on a post at a time. */
export function refuseDeputy(
  asked: Deputyship,
  about: { today: PlainDate; holdsPost: boolean; deputyAvailable: boolean; others: readonly Deputyship[] },
): StaffRefused | null {
  const { fromOn, throughOn } = asked
  if (throughOn !== null && throughOn < fromOn) return new StaffRefused('lastDayBeforeFirst')
  if (throughOn !== null && throughOn < about.today) return new StaffRefused('deputyOver')
  if (!about.holdsPost) return new StaffRefused('officerNotOnPost')
  if (asked.deputyId === asked.officerId) return new StaffRefused('standInIsAbsentee')
  if (!about.deputyAvailable) return new StaffRefused('standInNotOfOffice')
  return about.others.some((other) => sharesDays(other, asked)) ? new StaffRefused('deputyOverlaps') : null
}

function sharesDays(one: Deputyship, other: Deputyship): boolean {
  const beginsBeforeEnd = (first: Deputyship, second: Deputyship) =>
    second.throughOn === null || first.fromOn <= second.throughOn
  return beginsBeforeEnd(one, other) && beginsBeforeEnd(other, one)
}
