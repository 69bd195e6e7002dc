import type { Capacity, Level, OfficeKind, Role } from '../vocabulary.ts'

/** A post by what it is for, wherever the matter lies. */
export type Seat = { officeKind: OfficeKind; level: Level; role: Role }

/** A desk on which a matter lies, and the part in it that the next act there makes a person take. */
export type Desk = Seat & { capacity: Capacity }

/** Offices by kind and level, for tables of desks to be written in. */
export const villageCommittee = { officeKind: 'VILLAGE_COMMITTEE', level: 'VILLAGE' } as const
export const township = { officeKind: 'TOWNSHIP_GOVERNMENT', level: 'TOWNSHIP' } as const
export const countyBureau = { officeKind: 'CIVIL_AFFAIRS_BUREAU', level: 'COUNTY' } as const
export const countyFinance = { officeKind: 'FINANCE_BUREAU', level: 'COUNTY' } as const
