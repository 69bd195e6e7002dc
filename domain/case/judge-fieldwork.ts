import { addNaturalDays } from '../time/deadline.ts'
import { type CaseState, pendingSources } from './case-state.ts'
import type { Command } from './commands.ts'
import { type Circumstances, hasPaper, type Verdict } from './circumstances.ts'
import { refuse } from './refusals.ts'

/** Household survey, public notice, and handing the file up (57 Art. 15, 16, 19). */
export function judgeFieldwork(command: Command, state: CaseState, circumstances: Circumstances): Verdict {
  switch (command.action) {
    case 'BEGIN_SURVEY': {
      const { investigatorIds } = command.details
      const needed = circumstances.parameters.minInvestigators()
      if (state.investigatorIds.length > 0) return refuse('surveyAlreadyBegun')
      if (new Set(investigatorIds).size < needed) return refuse('twoInvestigatorsNeeded', { needed })
      const strangers = investigatorIds.filter((id) => !circumstances.investigatorsOfTownship.includes(id))
      if (strangers.length > 0) return refuse('investigatorNotOfTownship', { officerIds: strangers })
      return { type: 'SURVEY_BEGUN', data: { investigatorIds } }
    }
    case 'COMPLETE_SURVEY':
      if (state.investigatorIds.length === 0) return refuse('surveyNotBegun')
      if (!hasPaper(circumstances, 'SURVEY_SHEET')) return refuse('paperMissing', { paper: 'SURVEY_SHEET' })
      return { type: 'SURVEY_COMPLETED', data: command.details }
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
