import { accountKinds } from '../vocabulary.ts'
import { isWithinMostInAll } from '../money.ts'
import { isSameName } from '../household/comparable-name.ts'
import { isMinor } from '../household/household.ts'
import { birthDateOf, type IdentityNumber } from '../household/identity-number.ts'
import type { PlainDate } from '../time/plain-date.ts'
import { HouseholdMemberIntake, isReadMember } from './household-member.ts'
import {
  bankAccountNumber,
  documentNumber,
  fenInAllFaultSentence,
  identityNumber,
  lineText,
  personName,
  plainDate,
  recordId,
  remarkText,
} from './nouns.ts'
import { z } from './zod.ts'

/** Where a household wants to be paid: an account of a member. */
export const BankAccountIntake = z.strictObject({
  holderName: personName,
  /** The holder's name as the bank writes it, where it is another writing: what is sent and asked goes by it. */
  nameAtBank: lineText(100, { empty: '请填写银行登记的户名。', tooLong: '银行登记的户名不超过100字。' }).optional(),
  kind: z.enum(accountKinds).default('CARD'),
  accountNumber: bankAccountNumber,
  bankName: lineText(100, { empty: '请填写开户银行。', tooLong: '开户银行不超过100字。' }),
  /** Who keeps card or passbook for the holder (代管), by a written agreement that the county files (57 Art. 26). */
  keeper: z
    .strictObject({
      name: personName,
      identityNumber,
      relation: lineText(50, { empty: '请填写代管人与户主的关系。', tooLong: '关系不超过50字。' }),
      agreedOn: plainDate,
    })
    .optional(),
})

/** A member's leave to ask the registers (57 Art. 9; Social Assistance Law Art. 40). */
const authorisation = z.strictObject({ identityNumber: documentNumber, signedOn: plainDate })

const consents = z.strictObject({
  truthfulness: z.literal(true, '请签署如实申报承诺。'),
  signedOn: plainDate,
  authorisations: z.array(authorisation).max(30),
})

/**
 * An application as it is handed in: one household, the applicant first, whose account is paid into. Everything wrong
 * with it is told at once, in Chinese, unknown fields included.
 *
 * Source: 57 Art. 4-9.
 */
export const ApplicationIntake = z
  .strictObject({
    /** The village or community. */
    placeId: recordId,
    members: z.array(HouseholdMemberIntake).min(1, '请至少填写申请人。').max(30, '家庭成员不超过30人。'),
    bankAccount: BankAccountIntake,
    consents,
    /** Files that were handed in with it, before it was sent. */
    evidencePaperIds: z.array(recordId).max(50).optional(),
    remark: remarkText.optional(),
  })
  // @NOTE Without `when`, zod leaves out checks across fields as soon as one field is wrong, and the household would
  // learn of the rest only at the next try.
  .superRefine((value, context) => crossChecks(value, context), { when: () => true })
export type ApplicationIntake = z.output<typeof ApplicationIntake>
export type ApplicationIntakeInput = z.input<typeof ApplicationIntake>

type Context = { addIssue(issue: { code: 'custom'; path: (string | number)[]; message: string }): void }

/** Any part may be missing or wrong when the fields themselves were refused. */
function crossChecks(value: unknown, context: Context): void {
  const { members, bankAccount: account, consents: given } = (value ?? {}) as Partial<ApplicationIntake>
  if (!Array.isArray(members) || members.length === 0) return
  const fault = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })

  applicantFirst(members, fault)
  nobodyTwice(members, fault)
  accountOfAMember(members, account, fault)
  everyAdultConsented(members, given, fault)
  amountsInAll(members, fault)
}

type Fault = (path: (string | number)[], message: string) => void

function applicantFirst(members: readonly unknown[], fault: Fault): void {
  const relations = members.map((member) => (member as { relation?: unknown } | null | undefined)?.relation)
  const applicants = relations.filter((relation) => relation === 'APPLICANT').length
  if (applicants !== 1) fault(['members'], '家庭成员中应有且只有一名申请人。')
  else if (relations[0] !== 'APPLICANT') fault(['members'], '申请人应填写在第一位。')
  if (relations.filter((relation) => relation === 'SPOUSE').length > 1) fault(['members'], '配偶只能填写一人。')
}

function nobodyTwice(members: readonly unknown[], fault: Fault): void {
  const seen = new Set<IdentityNumber>()
  members.forEach((member, index) => {
    if (!isReadMember(member)) return
    if (seen.has(member.identityNumber)) {
      fault(['members', index, 'identityNumber'], '身份证号码与前面的家庭成员重复。')
    }
    seen.add(member.identityNumber)
  })
}

function amountsInAll(members: readonly unknown[], fault: Fault): void {
  const declared = members.flatMap((member) => {
    const { income, property } = (member ?? {}) as { income?: unknown; property?: unknown }
    return [...amountsOf(income, 'monthlyFen'), ...amountsOf(property, 'valueFen')]
  })
  if (!isWithinMostInAll(declared)) fault(['members'], fenInAllFaultSentence)
}

function amountsOf(declared: unknown, field: string): unknown[] {
  return Array.isArray(declared) ? declared.map((entry) => (entry as Record<string, unknown> | null)?.[field]) : []
}

function accountOfAMember(
  members: readonly unknown[],
  account: Partial<ApplicationIntake['bankAccount']> | undefined,
  fault: Fault,
): void {
  if (typeof account?.holderName !== 'string') return
  const names = members.map((member) => (member as { name?: unknown } | null | undefined)?.name)
  const { holderName } = account
  if (!names.some((name) => typeof name === 'string' && isSameName(name, holderName)))
    fault(['bankAccount', 'holderName'], '银行账户户名应为家庭成员姓名。')
}

/** Adults sign for themselves; for minors their guardian signs within the household's declaration. */
function everyAdultConsented(
  members: readonly unknown[],
  given: Partial<ApplicationIntake['consents']> | undefined,
  fault: Fault,
): void {
  if (typeof given?.signedOn !== 'string') return
  const signedOn: PlainDate = given.signedOn
  const signatures = Array.isArray(given.authorisations) ? given.authorisations : []
  const numbers = new Set(signatures.map((signature) => signature?.identityNumber))
  const known = new Set<string>()
  members.forEach((member, index) => {
    if (!isReadMember(member)) return
    known.add(member.identityNumber)
    const birthDate = birthDateOf(member.identityNumber) ?? member.birthDate
    if (birthDate === undefined) return
    if (birthDate > signedOn) {
      fault(['members', index, 'identityNumber'], '出生日期晚于签署日期。')
    } else if (!isMinor(birthDate, signedOn) && !numbers.has(member.identityNumber)) {
      fault(['consents', 'authorisations'], `${member.name ?? '成年家庭成员'}尚未签署核对授权。`)
    }
  })
  if (known.size < members.length) return
  signatures.forEach((signature, index) => {
    if (signature?.identityNumber !== undefined && !known.has(signature.identityNumber)) {
      fault(['consents', 'authorisations', index, 'identityNumber'], '授权人不是填写的家庭成员。')
    }
  })
}
