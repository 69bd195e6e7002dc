import { exclusions } from '../household/household.ts'
import { birthDateOf, isIdentityNumber, sexes, sexOf } from '../household/identity-number.ts'
import { hardships, incomeKinds, propertyKinds, relations } from '../vocabulary.ts'
import { fenAmount, identityNumber, lineText, mobile, personName, placeCode, plainDate } from './nouns.ts'
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
    identityNumber,
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
  .superRefine(({ identityNumber: number, birthDate, sex }, context) => {
    if (birthDate !== undefined && birthDate !== birthDateOf(number)) {
      context.addIssue({ code: 'custom', path: ['birthDate'], message: '出生日期与身份证号码不一致。' })
    }
    if (sex !== undefined && sex !== sexOf(number)) {
      context.addIssue({ code: 'custom', path: ['sex'], message: '性别与身份证号码不一致。' })
    }
  })
  .transform((member) => ({
    ...member,
    birthDate: birthDateOf(member.identityNumber),
    sex: sexOf(member.identityNumber),
  }))
export type HouseholdMemberIntake = z.output<typeof HouseholdMemberIntake>

/** Guards a cross check that also runs when some member did not parse. */
export function isReadMember(value: unknown): value is HouseholdMemberIntake {
  const member = value as Partial<HouseholdMemberIntake> | null | undefined
  return typeof member?.identityNumber === 'string' && isIdentityNumber(member.identityNumber)
}
