import { ageOn, daysBetween, type PlainDate } from '../time/plain-date.ts'
import type { Relation } from '../vocabulary.ts'
import type { Sex } from './identity-number.ts'
import { isMinor } from './household.ts'

/** A member as far as ages and relations go. */
export type RelatedMember = { relation: Relation; birthDate: PlainDate; sex: Sex }

/** Something that is seldom so: where, and a sentence for whoever takes the application in. It turns nobody away. */
export type Warning = { path: (string | number)[]; message: string }

/** Fewer years between a parent and a child are seldom so. */
const leastYearsOfAGeneration = 14
const oldestAge = 110

/**
 * What is implausible in the relations and ages of a household, for the clerk to look at before the family leaves. A rule of
 * thumb and no rule of law, but for the age of marriage (民法典 Art. 1047: 22 for men, 20 for women).
 */
export function implausibleIn(members: readonly RelatedMember[], on: PlainDate): Warning[] {
  const [applicant] = members
  if (applicant === undefined) return []
  return members.flatMap((member, index) =>
    sentencesAbout(member, applicant, on).map((message) => ({ path: ['members', index], message })),
  )
}

function sentencesAbout(member: RelatedMember, applicant: RelatedMember, on: PlainDate): string[] {
  const age = ageOn(member.birthDate, on)
  const tooOld = age > oldestAge ? [`该成员${age}岁，请核对出生日期。`] : []
  return [...tooOld, ...sentencesOfRelation(member, applicant, on)]
}

function sentencesOfRelation(member: RelatedMember, applicant: RelatedMember, on: PlainDate): string[] {
  const younger = yearsYounger(member, applicant)
  switch (member.relation) {
    case 'APPLICANT':
      return isMinor(member.birthDate, on) ? ['申请人未成年，应由监护人代为申请，请核对并说明监护情况。'] : []
    case 'SPOUSE':
      return [
        ...(ageOn(member.birthDate, on) < ageOfMarriage[member.sex]
          ? ['配偶未到法定婚龄，请核对关系和出生日期。']
          : []),
        ...(member.sex === applicant.sex ? ['配偶与申请人性别相同，请核对关系和证件号码。'] : []),
      ]
    case 'CHILD':
      return younger < leastYearsOfAGeneration ? ['子女与申请人年龄相差不足14岁，请核对关系。'] : []
    case 'GRANDCHILD':
      return younger < 2 * leastYearsOfAGeneration ? ['孙子女与申请人年龄相差不足28岁，请核对关系。'] : []
    case 'PARENT':
      return -younger < leastYearsOfAGeneration ? ['父母与申请人年龄相差不足14岁，请核对关系。'] : []
    case 'GRANDPARENT':
      return -younger < 2 * leastYearsOfAGeneration ? ['祖父母与申请人年龄相差不足28岁，请核对关系。'] : []
    default:
      return []
  }
}

const ageOfMarriage = { MALE: 22, FEMALE: 20 } as const satisfies Record<Sex, number>

/** Years by which a member was born after the applicant; below zero for who was born before. */
function yearsYounger(member: RelatedMember, applicant: RelatedMember): number {
  const [first, second] = [applicant.birthDate, member.birthDate]
  return daysBetween(first, second) >= 0 ? ageOn(first, second) : -ageOn(second, first)
}
