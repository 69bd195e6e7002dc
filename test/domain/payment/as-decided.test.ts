import { expect, it } from 'vitest'
import { differences, type KeptPayment, type SignedPayment } from '../../../domain/payment/as-decided.ts'
import { type HoldReason, holdReasons } from '../../../domain/vocabulary.ts'

const signed: SignedPayment = {
  instructionId: 'i1',
  lineId: 'l1',
  matterId: 'c1',
  benefitId: 'b1',
  month: '2026-04',
  firstMonth: '2026-04',
  decidedFen: 20_000,
  preparedFen: 20_000,
  accountId: 'a1',
}
const shares = [
  { personId: 'p1', amountFen: 12_000 },
  { personId: 'p2', amountFen: 8_000 },
]
const kept: KeptPayment = {
  instruction: { lineId: 'l1', matterId: 'c1', accountId: 'a1', amountFen: 20_000 },
  line: { matterId: 'c1', entitlementId: 'b1', month: '2026-04', amountFen: 20_000, personIds: ['p2', 'p1'] },
  benefit: { matterId: 'c1', active: true, firstMonth: '2026-04', monthlyFen: 20_000, shares },
  assessment: { asCited: true, amountFen: 20_000, shares },
  account: { matterId: 'c1', asGiven: true },
  asReleased: true,
}

it('a payment that is what was decided, prepared and released goes out', () => {
  expect(differences(signed, kept)).toEqual([])
})

it('a payment from before digests were kept goes out by what was kept then', () => {
  const before = { ...kept, account: { matterId: 'c1', asGiven: null }, asReleased: null, assessment: null }
  expect(differences(signed, before)).toEqual([])
})

const changed: [string, HoldReason, Partial<KeptPayment>, Partial<SignedPayment>?][] = [
  ['the instruction’s amount', 'INSTRUCTION_DIFFERS', { instruction: { ...kept.instruction!, amountFen: 777_700 } }],
  ['the instruction’s account', 'INSTRUCTION_DIFFERS', { instruction: { ...kept.instruction!, accountId: 'a9' } }],
  ['the instruction’s line', 'INSTRUCTION_DIFFERS', { instruction: { ...kept.instruction!, lineId: 'l9' } }],
  ['the instruction’s case', 'INSTRUCTION_DIFFERS', { instruction: { ...kept.instruction!, matterId: 'c9' } }],
  ['the instruction itself', 'INSTRUCTION_DIFFERS', { instruction: null }],
  ['the line’s amount', 'LINE_DIFFERS', { line: { ...kept.line!, amountFen: 1 } }],
  ['the line’s month', 'LINE_DIFFERS', { line: { ...kept.line!, month: '2026-05' } }],
  ['the line’s benefit', 'LINE_DIFFERS', { line: { ...kept.line!, entitlementId: 'b9' } }],
  ['the persons paid for', 'LINE_DIFFERS', { line: { ...kept.line!, personIds: ['p1', 'p9'] } }],
  ['the line itself', 'LINE_DIFFERS', { line: null }],
  ['the amount that was prepared', 'DECISION_DIFFERS', {}, { decidedFen: 10_000 }],
  ['the month that was prepared', 'DECISION_DIFFERS', {}, { firstMonth: '2026-05' }],
  ['the decision itself', 'DECISION_DIFFERS', {}, { decidedFen: null }],
  ['the assessment’s amount', 'ASSESSMENT_DIFFERS', { assessment: { ...kept.assessment!, amountFen: 1 } }],
  ['the assessment’s paper', 'ASSESSMENT_DIFFERS', { assessment: { ...kept.assessment!, asCited: false } }],
  ['the benefit’s amount', 'BENEFIT_DIFFERS', { benefit: { ...kept.benefit!, monthlyFen: 1 } }],
  ['that the benefit is in force', 'BENEFIT_DIFFERS', { benefit: { ...kept.benefit!, active: false } }],
  ['the benefit’s first month', 'BENEFIT_DIFFERS', { benefit: { ...kept.benefit!, firstMonth: '2026-03' } }],
  [
    'a member’s share',
    'BENEFIT_DIFFERS',
    { benefit: { ...kept.benefit!, shares: [shares[0]!, { personId: 'p2', amountFen: 1 }] } },
  ],
  ['the benefit itself', 'BENEFIT_DIFFERS', { benefit: null }],
  ['holder or number', 'ACCOUNT_DIFFERS', { account: { matterId: 'c1', asGiven: false } }],
  ['whose account it is', 'ACCOUNT_DIFFERS', { account: { matterId: 'c9', asGiven: true } }],
  ['that the account can be read', 'ACCOUNT_DIFFERS', { account: null }],
  ['what was released', 'RELEASE_DIFFERS', { asReleased: false }],
]

it.each(changed)('is held where somebody changed %s', (_what, reason, keptSo, signedSo = {}) => {
  expect(differences({ ...signed, ...signedSo }, { ...kept, ...keptSo })).toContain(reason)
})

it('every reason to hold a payment can come about', () => {
  expect([...new Set(changed.map(([, reason]) => reason))].sort()).toEqual([...holdReasons].sort())
})
