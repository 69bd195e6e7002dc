import { hasPaper } from '../../matter/circumstances.ts'
import { addNaturalDays } from '../../time/deadline.ts'
import { type CaseState, pendingSources } from './state.ts'
import type { CaseCommand } from './details.ts'
import type { CaseCircumstances, CaseVerdict } from './circumstances.ts'
import { refuse } from './refusals.ts'

/** Household survey, public notice, and handing the file up (57 Art. 15, 16, 19). */
export function judgeFieldwork(command: CaseCommand, state: CaseState, circumstances: CaseCircumstances): CaseVerdict {
  switch (command.action) {
    case 'BEGIN_SURVEY': {
      const { investigatorIds } = command.details
      const needed = circumstances.parameters.minInvestigators()
      if (sameSet(state.investigatorIds, investigatorIds)) return refuse('surveyAlreadyBegun')
      if (new Set(investigatorIds).size < needed) return refuse('twoInvestigatorsNeeded', { needed })
      const strangers = strangersAmong(investigatorIds, circumstances)
      if (strangers.length > 0) return refuse('investigatorNotOfTownship', { officerIds: strangers })
      return { type: 'SURVEY_BEGUN', data: { investigatorIds } }
    }
    case 'COMPLETE_SURVEY':
      if (state.investigatorIds.length === 0) return refuse('surveyNotBegun')
      if (!hasPaper(circumstances, 'SURVEY_SHEET')) return refuse('paperMissing', { paper: 'SURVEY_SHEET' })
      return completeSurvey(command.details, state, circumstances)
    case 'SIGN_SURVEY': {
      const { officerId } = circumstances.officer
      if (!state.owedSignatures.some((owed) => owed.officerId === officerId)) return refuse('noSignatureOwed')
      if (command.details.agrees) return { type: 'SURVEY_SIGNED', data: { officerId } }
      if (!hasPaper(circumstances, 'REASON')) return refuse('paperMissing', { paper: 'REASON' })
      return { type: 'SURVEY_DISPUTED', data: { officerId } }
    }
    case 'ASK_REGISTERS':
      if (state.matching === null || state.matchingOwed || pendingSources(state).length > 0)
        return refuse('matchingUnderway')
      return { type: 'MATCHING_RENEWED', data: {} }
    case 'POST_NOTICE': {
      if (state.noticeThroughDay !== null) return refuse('noticeAlreadyPosted', { throughDay: state.noticeThroughDay })
      if (!hasPaper(circumstances, 'NOTICE_SHEET')) return refuse('paperMissing', { paper: 'NOTICE_SHEET' })
      const days = circumstances.parameters.publicNoticeDays()
      return { type: 'NOTICE_POSTED', data: { throughDay: addNaturalDays({ from: command.occurredOn, days }) } }
    }
    case 'HAND_UP':
      return { type: 'FILE_HANDED_UP', data: {} }
    default:
      return refuse('notPermittedAtThisStage', { stage: state.stage })
  }
}

/** Whoever enters the sheet and was there has signed by entering it; the others sign by themselves (57 Art. 16). */
function completeSurvey(
  details: { stableIncome: boolean },
  state: CaseState,
  circumstances: CaseCircumstances,
): CaseVerdict {
  const gone = strangersAmong(state.investigatorIds, circumstances)
  if (gone.length > 0) return refuse('investigatorGone', { officerIds: gone })
  const { investigatorsOfTownship, officer } = circumstances
  const signaturesOwed = investigatorsOfTownship.filter(
    ({ officerId }) => officerId !== officer.officerId && state.investigatorIds.includes(officerId),
  )
  return { type: 'SURVEY_COMPLETED', data: { ...details, signaturesOwed } }
}

function strangersAmong(officerIds: readonly string[], { investigatorsOfTownship }: CaseCircumstances): string[] {
  return officerIds.filter((id) => !investigatorsOfTownship.some(({ officerId }) => officerId === id))
}

function sameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((id) => others.includes(id))
}
