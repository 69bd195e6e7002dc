import type { HoldReason } from '../vocabulary.ts'

/** A payment as people signed it: decided by the county, prepared, and released by two finance officers. */
export type SignedPayment = {
  instructionId: string
  lineId: string
  matterId: string
  benefitId: string | null
  month: string
  firstMonth: string | null
  decidedFen: number | null
  preparedFen: number
  accountId: string | null
}

/** The assessment that the decision rests on; `asCited` is false where its paper is not the one that was cited. */
export type SignedAssessment = { asCited: boolean; amountFen: number; shares: readonly Share[] }

/** What one person of a household gets a month. */
export type Share = { personId: string; amountFen: number }

/** The same payment as the rows of the archive tell it at this moment; null for a row that is not there. */
export type KeptPayment = {
  instruction: { lineId: string; matterId: string; accountId: string; amountFen: number } | null
  line: {
    matterId: string
    entitlementId: string
    month: string
    amountFen: number
    personIds: readonly string[]
  } | null
  benefit: {
    matterId: string
    active: boolean
    firstMonth: string
    monthlyFen: number
    shares: readonly Share[]
  } | null
  /** Null where nothing was signed by digest, or the paper was lawfully erased. */
  assessment: SignedAssessment | null
  account: {
    matterId: string
    /** Holder and number are those that were given; null where none was kept of them. */
    asGiven: boolean | null
  } | null
  /** The whole is what the releaser signed; null where it is not released, or was before that was kept. */
  asReleased: boolean | null
}

/**
 * Where what is about to be paid is not what was decided. Empty means that instruction, line, decision, assessment, benefit
 * in force, account and release all tell the same; anything else must not reach the bank.
 */
export function differences(signed: SignedPayment, kept: KeptPayment): HoldReason[] {
  const differs: Record<HoldReason, boolean> = {
    INSTRUCTION_DIFFERS: !instructionHolds(signed, kept),
    LINE_DIFFERS: !lineHolds(signed, kept),
    DECISION_DIFFERS: signed.decidedFen !== signed.preparedFen || signed.firstMonth !== signed.month,
    ASSESSMENT_DIFFERS: !assessmentHolds(signed, kept),
    BENEFIT_DIFFERS: !benefitHolds(signed, kept),
    ACCOUNT_DIFFERS:
      kept.account === null || kept.account.matterId !== signed.matterId || kept.account.asGiven === false,
    RELEASE_DIFFERS: kept.asReleased === false,
  }
  return (Object.keys(differs) as HoldReason[]).filter((reason) => differs[reason])
}

function instructionHolds(signed: SignedPayment, { instruction }: KeptPayment): boolean {
  return (
    instruction !== null &&
    instruction.lineId === signed.lineId &&
    instruction.matterId === signed.matterId &&
    instruction.accountId === signed.accountId &&
    instruction.amountFen === signed.preparedFen
  )
}

function lineHolds(signed: SignedPayment, { line, benefit }: KeptPayment): boolean {
  return (
    line !== null &&
    line.matterId === signed.matterId &&
    line.entitlementId === signed.benefitId &&
    line.month === signed.month &&
    line.amountFen === signed.preparedFen &&
    (benefit === null || sameSet(line.personIds, idsOf(benefit.shares)))
  )
}

function assessmentHolds(signed: SignedPayment, { assessment }: KeptPayment): boolean {
  return assessment === null || (assessment.asCited && assessment.amountFen === signed.decidedFen)
}

function benefitHolds(signed: SignedPayment, { benefit, assessment }: KeptPayment): boolean {
  return (
    benefit !== null &&
    benefit.active &&
    benefit.matterId === signed.matterId &&
    benefit.firstMonth === signed.firstMonth &&
    benefit.monthlyFen === signed.decidedFen &&
    (assessment === null || sameSet(benefit.shares.map(textOf), assessment.shares.map(textOf)))
  )
}

function idsOf(shares: readonly Share[]): string[] {
  return shares.map(({ personId }) => personId)
}

function textOf({ personId, amountFen }: Share): string {
  return `${personId} ${amountFen}`
}

function sameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one) => others.includes(one))
}
