import { hasPaper } from '../../matter/circumstances.ts'
import type { CaseState } from './state.ts'
import { isPayeeGone, openStatuses } from './civil-status.ts'
import type { CaseCircumstances, CaseVerdict } from './circumstances.ts'
import type { ActDetails, CaseCommand } from './details.ts'
import type { Refusal } from '../../matter/refusals.ts'
import { refuse } from './refusals.ts'

/** Death, prison, moving away and mistaken identity, as registers and the bank tell them (57 Art. 7, 18, 31). */
export function judgeStatus(command: CaseCommand, state: CaseState, circumstances: CaseCircumstances): CaseVerdict {
  switch (command.action) {
    case 'SETTLE_STATUS':
      return settle(command.details, state, circumstances)
    case 'END_BENEFIT':
      return endBenefit(state, circumstances)
    default:
      return refuse('notPermittedAtThisStage', { stage: state.stage })
  }
}

function endBenefit(state: CaseState, circumstances: CaseCircumstances): CaseVerdict {
  const barred = barredFromEnding(state)
  if (barred) return barred
  if (!hasPaper(circumstances, 'REASON')) return refuse('paperMissing', { paper: 'REASON' })
  return { type: 'BENEFIT_ENDED', data: {} }
}

/** What stands in the way of ending a benefit: somebody is left to be paid, or money is on its way. */
export function barredFromEnding(state: CaseState): Refusal | undefined {
  if (!isPayeeGone(state)) return refuse('payeeNotGone')
  const { instruction } = state
  const isUnderway = instruction?.state === 'RELEASED' || instruction?.state === 'SENT'
  return isUnderway ? refuse('paymentUnderway') : undefined
}

/** Nothing is signed past what a register says of a person. */
export function barredByStatus(state: CaseState): Refusal | undefined {
  const open = openStatuses(state)
  return open.length === 0
    ? undefined
    : refuse('civilStatusOpen', {
        statusIds: open.map(({ statusId }) => statusId),
        statuses: open.map(({ status }) => status),
      })
}

function settle(
  { statusId, answer, on }: ActDetails['SETTLE_STATUS'],
  state: CaseState,
  circumstances: CaseCircumstances,
): CaseVerdict {
  const stated = openStatuses(state).find((one) => one.statusId === statusId)
  if (stated === undefined) return refuse('civilStatusNotOpen')
  if (!hasPaper(circumstances, 'REASON')) return refuse('paperMissing', { paper: 'REASON' })
  const { personId, status } = stated
  if (answer === 'REGISTER_WRONG')
    return { type: 'CIVIL_STATUS_SETTLED', data: { statusId, personId, status, answer, on: null } }
  // Who is another person is written down anew, with the right number, and not taken off.
  if (status === 'NOT_THE_PERSON') return refuse('identityToBeMended')
  if (on === null || on > circumstances.today) return refuse('statusDayNotPossible', { today: circumstances.today })
  if (state.benefitId === null && personId === state.memberPersonIds[0]) return refuse('applicantGone')
  const payeeGone = status === 'DEAD' && circumstances.payeePersonId === personId
  return {
    type: 'CIVIL_STATUS_SETTLED',
    data: { statusId, personId, status, answer, on, ...(payeeGone ? { payeeGone } : {}) },
  }
}
