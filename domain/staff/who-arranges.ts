import type { Level, OfficeKind, Role } from '../vocabulary.ts'
import { familyOf } from './duty-families.ts'

/** An office as somebody sees it who wants to arrange who works there. */
export type OfficeArranged = { officeId: string; kind: OfficeKind; inArea: boolean }

type Reach = 'NOBODY' | 'OWN_OFFICE' | 'OWN_OFFICE_AND_VILLAGES' | 'CIVIL_AFFAIRS' | 'AREA'

/** In which offices a role arranges absences and hand-overs of others: the head in their own, administrators in the area. */
const reachOf = {
  VILLAGE_CLERK: 'NOBODY',
  TOWNSHIP_HANDLER: 'NOBODY',
  TOWNSHIP_LEADER: 'OWN_OFFICE_AND_VILLAGES',
  COUNTY_HANDLER: 'NOBODY',
  COUNTY_APPROVER: 'OWN_OFFICE',
  FINANCE_OFFICER: 'NOBODY',
  COUNTY_SUPERVISOR: 'CIVIL_AFFAIRS',
  CITY_SUPERVISOR: 'NOBODY',
  AUDITOR: 'NOBODY',
  ADMINISTRATOR: 'AREA',
} as const satisfies Record<Role, Reach>

export function mayArrange(asker: { officeId: string; role: Role }, office: OfficeArranged): boolean {
  const own = office.officeId === asker.officeId
  switch (reachOf[asker.role]) {
    case 'NOBODY':
      return false
    case 'OWN_OFFICE':
      return own
    case 'OWN_OFFICE_AND_VILLAGES':
      return own || (office.inArea && office.kind === 'VILLAGE_COMMITTEE')
    case 'CIVIL_AFFAIRS':
      return office.inArea && office.kind !== 'FINANCE_BUREAU'
    case 'AREA':
      return office.inArea
  }
}

/**
 * Whether somebody says who has a post of a role there, as a stand-in or a successor: the head for the own family of
 * duties, an administrator for all. Who is watched does not choose the watcher, nor the watcher who is watched.
 */
export function mayName(asker: { officeId: string; role: Role }, office: OfficeArranged, role: Role): boolean {
  const forThatFamily = asker.role === 'ADMINISTRATOR' || familyOf[asker.role] === familyOf[role]
  return forThatFamily && mayArrange(asker, office)
}

/** What kind of office stands above one, from which a stand-in may come. */
export function officeAbove({
  kind,
  level,
}: {
  kind: OfficeKind
  level: Level
}): { kind: OfficeKind; level: Level } | null {
  switch (kind) {
    case 'VILLAGE_COMMITTEE':
      return { kind: 'TOWNSHIP_GOVERNMENT', level: 'TOWNSHIP' }
    case 'TOWNSHIP_GOVERNMENT':
      return { kind: 'CIVIL_AFFAIRS_BUREAU', level: 'COUNTY' }
    case 'CIVIL_AFFAIRS_BUREAU':
    case 'FINANCE_BUREAU': {
      const above = bureauAbove[level]
      return above === null ? null : { kind, level: above }
    }
  }
}

const bureauAbove = {
  VILLAGE: null,
  TOWNSHIP: null,
  COUNTY: 'CITY',
  CITY: 'PROVINCE',
  PROVINCE: 'NATION',
  NATION: null,
} as const satisfies Record<Level, Level | null>
