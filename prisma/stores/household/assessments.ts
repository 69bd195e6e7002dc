import { createHash } from 'node:crypto'
import type { CaseEvent } from '../../../domain/procedures/assistance-case/facts.ts'
import type { Household } from '../../../domain/household/household.ts'
import type { MatchedFact, SourceStanding } from '../../../domain/household/matched-fact.ts'
import type { CaseState } from '../../../domain/procedures/assistance-case/state.ts'
import { type Assessment, assess } from '../../../domain/policy/assessment.ts'
import type { ParametersInForce } from '../../../domain/policy/parameters-in-force.ts'
import type { SurveyedIncome, SurveyedProperty } from '../../../domain/household/survey.ts'
import type { PlainDate } from '../../../domain/time/plain-date.ts'
import type { DibaoCategory } from '../../../domain/vocabulary.ts'
import type { Archive, Db } from '../../client.ts'
import { householdOf, lastPaper, readApplication } from './applications.ts'
import type { CaseInView } from '../matter/case-in-view.ts'
import { parametersOfCase } from '../matter/parameters-of-matter.ts'
import { readMatchedFacts } from './matching.ts'
import { findPaperBody } from '../matter/papers.ts'

type Sealed = Pick<Archive, 'cipher'> & { db: Db }

/** Everything that an assessment is made from, as the archive holds it now. */
export type AssessmentBasis = {
  household: Household
  surveyed: readonly SurveyedIncome[]
  surveyedProperty: readonly SurveyedProperty[]
  facts: readonly MatchedFact[]
  sources: readonly SourceStanding[]
  parameters: ParametersInForce
  category: DibaoCategory | null
  /** The day in life of the act that it is made for. */
  on: PlainDate
  paperIds: string[]
}

/** A signed-for assessment as its paper keeps it. */
export type AssessmentPaper = { assessment: Assessment; category: DibaoCategory | null; basisDigest: string }

/** For which category, and for an act of which day in life, a household is assessed; today unless told otherwise. */
export type AssessmentAsked = { category: DibaoCategory | null; on?: PlainDate | undefined }

/** Gathers the basis, under the parameters that this case's own days pick. */
export async function readAssessmentBasis(
  archive: Sealed,
  view: CaseInView,
  { category, on = view.today }: AssessmentAsked,
): Promise<AssessmentBasis> {
  const { row, events, state } = view
  const application = await readApplication(archive, row.id, events)
  const sheet = lastPaper(events, 'SURVEY_SHEET')
  const sheetBody = sheet === null ? null : await findPaperBody(archive, row.id, sheet.paperId)
  const { residenceKind } = row
  return {
    household: withoutThoseOff(householdOf(application, residenceKind), state),
    ...surveyedIn(sheetBody),
    facts: (await readMatchedFacts(archive.db, factIdsOf(state))).filter(({ personId }) => !isOff(state, personId)),
    // What could not be placed or understood may be anything: of such a register not everything is known.
    sources: (state.matching?.answers ?? []).map(({ source, answer, doubts }) => ({
      source,
      answer: doubts === undefined ? answer : 'NO_ANSWER',
    })),
    parameters: parametersOfCase(view, on),
    on,
    category,
    paperIds: [application.paperId, ...(sheet === null ? [] : [sheet.paperId]), ...settledIn(events)],
  }
}

/** What the rules make of a basis. */
export function assessBasis({ category, on, ...basis }: AssessmentBasis): Assessment {
  return assess({ ...basis, today: on, ...(category === null ? {} : { category }) })
}

/** Equal digests mean that nothing an assessment rests on has changed. */
export function basisDigest({ facts, sources, parameters, category, paperIds }: AssessmentBasis): string {
  const named = [paperIds, facts.map(({ factId }) => factId), sources, parameters.version, category]
  return createHash('sha256').update(JSON.stringify(named)).digest('hex')
}

export async function findSignedAssessment(
  archive: Sealed,
  matterId: string,
  assessmentId: string,
): Promise<AssessmentPaper | null> {
  const body = await findPaperBody(archive, matterId, assessmentId)
  return body === null ? null : (JSON.parse(body) as AssessmentPaper)
}

/** @throws when the paper is gone: an event that rests on it was filed under the same lock. */
export async function getSignedAssessment(
  archive: Sealed,
  matterId: string,
  assessmentId: string,
): Promise<AssessmentPaper> {
  const signed = await findSignedAssessment(archive, matterId, assessmentId)
  if (signed === null) throw new Error(`Assessment ${assessmentId} of case ${matterId} is not in the archive`)
  return signed
}

function surveyedIn(sheetBody: string | null): Pick<AssessmentBasis, 'surveyed' | 'surveyedProperty'> {
  if (sheetBody === null) return { surveyed: [], surveyedProperty: [] }
  const { surveyed, surveyedProperty = [] } = JSON.parse(sheetBody) as Pick<AssessmentBasis, 'surveyed'> &
    Partial<Pick<AssessmentBasis, 'surveyedProperty'>>
  return { surveyed, surveyedProperty }
}

/** Who was taken off since the application was handed in is no part of the household. */
function withoutThoseOff(household: Household, state: CaseState): Household {
  return { ...household, members: household.members.filter(({ personId }) => !isOff(state, personId)) }
}

function isOff({ settledStatuses }: CaseState, personId: string): boolean {
  return settledStatuses.some((settled) => settled.personId === personId && settled.answer === 'MEMBER_OFF')
}

/** The papers by which members were taken off, or a register put right. */
function settledIn(events: readonly CaseEvent[]): string[] {
  return events.flatMap(({ type, papers }) =>
    type === 'CIVIL_STATUS_SETTLED' ? papers.map(({ paperId }) => paperId) : [],
  )
}

/** Of each source, what it said last. */
function factIdsOf({ matching }: CaseState): string[] {
  return (matching?.answers ?? []).flatMap(({ factIds }) => factIds)
}
