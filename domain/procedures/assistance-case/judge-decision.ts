import { hasPaper } from '../../matter/circumstances.ts'
import { addMonths, monthOf, nextMonth } from '../../time/plain-date.ts'
import type { RefusalReason } from '../../vocabulary.ts'
import type { Finding } from './facts.ts'
import { type CaseState, owesCountyVisit, unknownSources } from './state.ts'
import type { CaseCommand, FindingDetails } from './details.ts'
import type { AssessmentStanding, CaseCircumstances, CaseVerdict } from './circumstances.ts'
import { handingOn } from './limits.ts'
import { reviewKindFor } from '../../policy/review-cycle.ts'
import { barredByAccountUse } from './judge-account-use.ts'
import { barredByStatus } from './judge-status.ts'
import type { Refusal } from '../../matter/refusals.ts'
import { refuse } from './refusals.ts'

/** Opinion, review, confirmation, refusal and extension (57 Art. 18-22; 83 part 4(1)). */
export function judgeDecision(command: CaseCommand, state: CaseState, circumstances: CaseCircumstances): CaseVerdict {
  switch (command.action) {
    case 'GIVE_OPINION':
      return sign(command.details, state, circumstances, (data) => ({
        type: 'OPINION_GIVEN',
        data: data.agrees ? data : { ...data, ...handingOn(state.delegated) },
      }))
    case 'REVIEW_FILE':
      if (command.details.agrees && !state.noticeHeld) return refuse('noticeNotHeld')
      return sign(command.details, state, circumstances, (data) => ({ type: 'FILE_REVIEWED', data }))
    case 'VISIT_HOUSEHOLD':
      if (state.countyVisitedOn !== null) return refuse('countyVisited', { visitedOn: state.countyVisitedOn })
      if (!hasPaper(circumstances, 'REASON')) return refuse('paperMissing', { paper: 'REASON' })
      return { type: 'COUNTY_VISITED', data: {} }
    case 'CONFIRM':
      return confirm(command, state, circumstances)
    case 'REFUSE':
      return barredByStatus(state) ?? refuseHousehold(command.details, circumstances)
    case 'SERVE_REFUSAL':
      return { type: 'REFUSAL_SERVED', data: command.details }
    case 'EXTEND':
      if (state.extended) return refuse('alreadyExtended')
      // 57 Art. 22: what has run out cannot be made longer.
      if (circumstances.totalDueOn !== null && command.occurredOn > circumstances.totalDueOn)
        return refuse('totalRunOut', { dueOn: circumstances.totalDueOn })
      if (!hasPaper(circumstances, 'REASON')) return refuse('extensionCauseMissing')
      if (!circumstances.parameters.extensionCauses().includes(command.details.cause))
        return refuse('extensionCauseMissing', { causes: circumstances.parameters.extensionCauses() })
      return { type: 'LIMIT_EXTENDED', data: { cause: command.details.cause } }
    default:
      return refuse('notPermittedAtThisStage', { stage: state.stage })
  }
}

/** Amounts come from the assessment that was signed, never from the signer's form. */
function sign(
  details: FindingDetails,
  state: CaseState,
  circumstances: CaseCircumstances,
  fact: (finding: Finding) => CaseVerdict,
): CaseVerdict {
  if (!hasPaper(circumstances, 'OPINION')) return refuse('paperMissing', { paper: 'OPINION' })
  const status = barredByStatus(state)
  if (status) return status
  const assessment = currentAssessment(details.assessmentId, circumstances)
  if ('code' in assessment) return assessment
  const barred = details.agrees ? barredFromAgreeing(details, assessment, state, circumstances) : undefined
  if (barred) return barred
  const { agrees, assessmentId, category, unknownSources } = details
  const raised = agrees && state.noticeHeld && state.opinion !== null ? raisedByRules(assessment, state.opinion) : null
  return fact({
    agrees,
    assessmentId,
    amountFen: agrees ? assessment.amountFen : 0,
    category,
    unknownSources,
    ...(raised ? { raised } : {}),
  })
}

function confirm(
  command: CaseCommand & { action: 'CONFIRM' },
  state: CaseState,
  circumstances: CaseCircumstances,
): CaseVerdict {
  // 57 Art. 19: nothing is granted that was not posted; a negative opinion was not.
  if (!state.noticeHeld) return refuse('noticeNotHeld')
  if (owesCountyVisit(state)) return refuse('countyVisitMissing')
  if (circumstances.relativeFiled && state.countyVisitedOn === null) return refuse('relativeNotMarked')
  const { benefitId, parameters, memberConflict } = circumstances
  if (memberConflict) return memberConflict
  return sign({ ...command.details, agrees: true }, state, circumstances, (finding) => ({
    type: 'CONFIRMED',
    data: {
      ...finding,
      benefitId,
      // 57 Art. 21: paid from the month after the decision.
      firstMonth: nextMonth(monthOf(command.occurredOn)),
      nextReviewOn: addMonths(command.occurredOn, parameters.reviewMonths(reviewKindFor(state))),
    },
  }))
}

function refuseHousehold(
  details: { assessmentId: string; reasons: RefusalReason[] },
  circumstances: CaseCircumstances,
): CaseVerdict {
  const assessment = currentAssessment(details.assessmentId, circumstances)
  if ('code' in assessment) return assessment
  if (details.reasons.length === 0 || !hasPaper(circumstances, 'REFUSAL_LETTER')) return refuse('reasonsMissing')
  const { reasonsBorneOut } = circumstances
  const empty = details.reasons.filter((reason) => !reasonsBorneOut.includes(reason))
  if (empty.length > 0) return refuse('reasonsNotBorneOut', { reasons: empty })
  return { type: 'REFUSED', data: { assessmentId: details.assessmentId, reasons: details.reasons } }
}

function currentAssessment(assessmentId: string, { assessment }: CaseCircumstances): AssessmentStanding | Refusal {
  if (assessment === null || assessment.assessmentId !== assessmentId) {
    return refuse('paperMissing', { paper: 'ASSESSMENT' })
  }
  if (assessment.current) return assessment
  const { madeForDay } = assessment
  return madeForDay === null ? refuse('assessmentOutdated') : refuse('assessmentForAnotherDay', { madeForDay })
}

function barredFromAgreeing(
  details: FindingDetails,
  assessment: AssessmentStanding,
  state: CaseState,
  circumstances: CaseCircumstances,
): Refusal | undefined {
  if (state.matching === null) return refuse('matchingUnanswered', { sources: ['ALL'] })
  const unsigned = unknownSources(state).filter((source) => !details.unknownSources.includes(source))
  if (unsigned.length > 0) return refuse('matchingUnanswered', { sources: unsigned })
  const expired = circumstances.expiredSources.filter((source) => !details.unknownSources.includes(source))
  if (expired.length > 0) return refuse('matchingExpired', { sources: expired })
  if (assessment.categoryNeeded && details.category === null) return refuse('categoryMissing')
  if (assessment.category !== details.category) return refuse('assessmentOutdated')
  if (!assessment.favourable) return refuse('assessmentNotFavourable')
  const shared = barredByAccountUse(state, circumstances)
  if (shared) return shared
  return barredByPosting(assessment, state)
}

/**
 * What was posted is what the village could object to: less may be granted, more needs a new notice. A standard that was
 * raised meanwhile is published by itself and says nothing new about the household.
 */
function barredByPosting(assessment: AssessmentStanding, { noticeHeld, opinion }: CaseState): Refusal | undefined {
  if (!noticeHeld || opinion === null || assessment.amountFen <= opinion.amountFen) return undefined
  if (raisedByRules(assessment, opinion) !== null) return undefined
  return refuse('noticeNotHeld', { postedFen: opinion.amountFen, assessedFen: assessment.amountFen })
}

/** The rows by which more is granted than was posted, where these alone make the difference. */
function raisedByRules({ amountFen, byPostedRules }: AssessmentStanding, opinion: Finding): Finding['raised'] | null {
  if (byPostedRules === null || amountFen <= opinion.amountFen) return null
  if (byPostedRules.amountFen > opinion.amountFen || byPostedRules.newRows.length === 0) return null
  return { postedFen: opinion.amountFen, parameterRows: [...byPostedRules.newRows] }
}
