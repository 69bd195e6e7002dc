import { StaffRefused } from './staff-refusals.ts'

/** Who stands behind an arrangement, each by person and not by account. */
export type Signatories = {
  /** Who named the stand-in, or proposed. */
  first: string
  /** Who agrees now. */
  second: string
  /** Who is to have the duties; null where nobody gets any. */
  gainer: string | null
}

/** Nobody names themselves as a stand-in or successor. */
export function refuseNamingOneself(namer: string, named: string | null): StaffRefused | null {
  return namer === named ? new StaffRefused('standInNamesThemselves') : null
}

/** Why a second signature is none, or null: it is another person's, and never that of who gains by it. */
export function refuseSecondSignature({ first, second, gainer }: Signatories): StaffRefused | null {
  if (second === gainer) return new StaffRefused('gainerSigns')
  return second === first ? new StaffRefused('secondIsFirst') : null
}
