import type { CaseState } from '../../domain/procedures/assistance-case/state.ts'
import { documentKindOf, maskIdentityNumber } from '../../domain/household/identity-number.ts'
import { maskMobileNumber } from '../../domain/household/mobile-number.ts'
import { civilStatusLabels, documentKindLabels, relationLabels } from '../../domain/labels.ts'
import { type ApplicationPaper, countedIn } from '../../prisma/stores/household/applications.ts'
import type { CaseView } from './case-contract.ts'

type Member = CaseView['household']['members'][number]

/** The members as they were declared, numbers masked; what they earn, own and suffer only for those who handle it. */
export function householdView(
  application: ApplicationPaper,
  { state, withDetails }: { state: CaseState; withDetails: boolean },
): Member[] {
  const { intake, personIds } = application
  const counted = countedIn(application)
  return intake.members.map((member, index) => ({
    personId: personIds[index] as string,
    name: member.name,
    relation: member.relation,
    relationLabel: relationLabels[member.relation],
    off: offOf(state, personIds[index]),
    counts: offOf(state, personIds[index]) === null && counted.includes(personIds[index] as string),
    documentKind: documentKindOf(member.identityNumber),
    documentKindLabel: documentKindLabels[documentKindOf(member.identityNumber)],
    identityNumber: maskIdentityNumber(member.identityNumber),
    details: withDetails ? detailsOf(member) : null,
  }))
}

function offOf({ settledStatuses }: CaseState, personId: string | undefined): Member['off'] {
  const off = settledStatuses.find((one) => one.personId === personId && one.answer === 'MEMBER_OFF')
  return off === undefined ? null : { status: off.status, label: civilStatusLabels[off.status], since: off.on }
}

function detailsOf(member: ApplicationPaper['intake']['members'][number]): NonNullable<Member['details']> {
  const { birthDate, sex, mobile, hukouPlaceCode, residesInHousehold, workCapable, income, property } = member
  return {
    birthDate,
    sex,
    hukouPlaceCode,
    residesInHousehold,
    workCapable,
    income,
    property,
    mobile: mobile === undefined ? null : maskMobileNumber(mobile),
    hardships: member.hardships,
  }
}
