import { exclusions } from '../household/household.ts'
import {
  agreesWithBirthDate,
  birthDateOf,
  documentKindOf,
  isIdentityNumber,
  type Sex,
  sexes,
  sexOf,
} from '../household/identity-number.ts'
import type { PlainDate } from '../time/plain-date.ts'
import { hardships, incomeKinds, propertyKinds, relations } from '../vocabulary.ts'
import { fenAmount, documentNumber, lineText, mobile, personName, placeCode, plainDate } from './nouns.ts'
import { z } from './zod.ts'

const declaredIncome = z.strictObject({ kind: z.enum(incomeKinds), monthlyFen: fenAmount })

const declaredProperty = z.strictObject({
  kind: z.enum(propertyKinds),
  valueFen: fenAmount,
  description: lineText(200, { empty: '请说明财产情况。', tooLong: '财产说明不超过200字。' }),
})

/**
 * A member as the household declares them. Birthday and sex are read from the identity number; where they are typed as
 * well they must agree with it. What the household knows and no register does is only asked here.
 */
export const HouseholdMemberIntake = z
  .strictObject({
    name: personName,
    identityNumber: documentNumber,
    birthDate: plainDate.optional(),
    sex: z.enum(sexes).optional(),
    relation: z.enum(relations),
    hukouPlaceCode: placeCode,
    residesInHousehold: z.boolean(),
    dependentAdultChild: z.boolean().optional(),
    exclusion: z.enum(exclusions).optional(),
    workCapable: z.boolean(),
    mobile: mobile.optional(),
    income: z.array(declaredIncome).max(20),
    property: z.array(declaredProperty).max(50),
    hardships: z.array(z.enum(hardships)).max(hardships.length),
  })
  .superRefine((member, context) => {
    const { identityNumber: number, birthDate, sex, relation } = member
    const fault = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message })
    const [told, toldSex] = [birthDateOf(number), sexOf(number)]
    if (told === null && birthDate === undefined) fault('birthDate', '该证件号码不含出生日期，请填写。')
    if (told === null && sex === undefined) fault('sex', '该证件号码不含性别，请填写。')
    if (birthDate !== undefined && ((told !== null && birthDate !== told) || !agreesWithBirthDate(number, birthDate)))
      fault('birthDate', '出生日期与身份证号码不一致。')
    if (sex !== undefined && toldSex !== null && sex !== toldSex) fault('sex', '性别与身份证号码不一致。')
    if (documentKindOf(number) === 'BIRTH_CERTIFICATE' && (relation === 'APPLICANT' || relation === 'SPOUSE'))
      fault('identityNumber', '出生医学证明只用于尚无身份证号码的新生儿。')
  })
  .transform((member) => ({
    ...member,
    birthDate: birthDateOf(member.identityNumber) ?? (member.birthDate as PlainDate),
    sex: sexOf(member.identityNumber) ?? (member.sex as Sex),
  }))
export type HouseholdMemberIntake = z.output<typeof HouseholdMemberIntake>

/** Guards a cross check that also runs when some member did not parse. */
export function isReadMember(value: unknown): value is HouseholdMemberIntake {
  const member = value as Partial<HouseholdMemberIntake> | null | undefined
  return typeof member?.identityNumber === 'string' && isIdentityNumber(member.identityNumber)
}
