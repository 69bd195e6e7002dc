import type { LimitKey } from './limit-keys.ts'
import type { Level, Role, SupervisionRung } from '../vocabulary.ts'
import type { Seat } from './desk.ts'
import { type LimitHolder, limitHolders } from './limit-holders.ts'

const countySupervisor: Seat = { officeKind: 'CIVIL_AFFAIRS_BUREAU', level: 'COUNTY', role: 'COUNTY_SUPERVISOR' }
const citySupervisor: Seat = { officeKind: 'CIVIL_AFFAIRS_BUREAU', level: 'CITY', role: 'CITY_SUPERVISOR' }
const townshipLeader: Seat = { officeKind: 'TOWNSHIP_GOVERNMENT', level: 'TOWNSHIP', role: 'TOWNSHIP_LEADER' }
const countyApprover: Seat = { officeKind: 'CIVIL_AFFAIRS_BUREAU', level: 'COUNTY', role: 'COUNTY_APPROVER' }
const countyHandler: Seat = { officeKind: 'CIVIL_AFFAIRS_BUREAU', level: 'COUNTY', role: 'COUNTY_HANDLER' }

/**
 * To whom a rung of the ladder is shown: posts by office, so that whoever fills them that day is reached. Of an order's
 * ladder only those above: the office that owes the answer is known by name, wherever the case lies by now.
 */
export function audienceOf(rung: SupervisionRung, limit: LimitKey, desks: readonly Seat[]): Seat[] {
  const holding = holdersOf(limit, desks)
  switch (rung) {
    case 'REMINDER':
      return holding
    case 'URGING':
      return distinct([...holding, ...holding.flatMap(headOf), ...supervisorsAbove(limit, desks)])
    case 'ORDER':
      return supervisorsAbove(limit, desks)
    case 'CIRCULAR':
      return [countySupervisor, citySupervisor]
  }
}

/** Who is shown an item instead, where all who fill a seat have to keep away from its case; nobody above the city. */
export function seatAbove(role: Role): Seat | null {
  return seatsAbove[role]
}

const seatsAbove = {
  VILLAGE_CLERK: townshipLeader,
  TOWNSHIP_HANDLER: townshipLeader,
  TOWNSHIP_LEADER: countySupervisor,
  COUNTY_HANDLER: countyApprover,
  COUNTY_APPROVER: countySupervisor,
  FINANCE_OFFICER: countySupervisor,
  COUNTY_SUPERVISOR: citySupervisor,
  CITY_SUPERVISOR: null,
  AUDITOR: null,
  ADMINISTRATOR: null,
} as const satisfies Record<Role, Seat | null>

/** The level that a rung reaches: that of the holder for a reminder, the next one up from the urging on. */
export function levelOf(rung: SupervisionRung, limit: LimitKey, desks: readonly Seat[]): Level {
  if (rung === 'REMINDER') return holdersOf(limit, desks)[0]?.level ?? 'COUNTY'
  return rung === 'CIRCULAR' ? 'CITY' : (supervisorsAbove(limit, desks).at(-1)?.level ?? 'CITY')
}

/** The centre has no desk here: the county, which asked it, is the one to ask again (57 Art. 17). */
function holdersOf(limit: LimitKey, desks: readonly Seat[]): Seat[] {
  const holder: LimitHolder = limitHolders[limit]
  if (holder === 'ADDRESSEE') return []
  if (holder === 'MATCHING_CENTRE') return [countyHandler]
  return desks.map(({ officeKind, level, role }) => ({ officeKind, level, role }))
}

/** One level up from whoever holds the limit; an unanswered order concerns both who may have issued it. */
function supervisorsAbove(limit: LimitKey, desks: readonly Seat[]): Seat[] {
  const holder: LimitHolder = limitHolders[limit]
  switch (holder) {
    case 'TOWNSHIP':
    case 'MATCHING_CENTRE':
    case 'NOBODY':
      return [countySupervisor]
    case 'COUNTY':
    case 'FINANCE':
      return [citySupervisor]
    case 'ADDRESSEE':
      return [countySupervisor, citySupervisor]
    case 'ALL':
      return desks.some(({ level }) => level === 'COUNTY') ? [citySupervisor] : [countySupervisor]
  }
}

/** The head of the office on whose desk the case lies; finance has none in this system. */
function headOf({ officeKind }: Seat): Seat[] {
  switch (officeKind) {
    case 'VILLAGE_COMMITTEE':
    case 'TOWNSHIP_GOVERNMENT':
      return [townshipLeader]
    case 'CIVIL_AFFAIRS_BUREAU':
      return [countyApprover]
    case 'FINANCE_BUREAU':
      return []
  }
}

function distinct(seats: readonly Seat[]): Seat[] {
  return [...new Map(seats.map((seat) => [`${seat.officeKind} ${seat.level} ${seat.role}`, seat])).values()]
}
