import type { PlainDate } from '../../domain/time/plain-date.ts'
import { inputFault } from '../http/problem.ts'
import { faultsOfSurvey } from './survey-faults.ts'
import type { Desk, IntakeOf, WrittenAct } from '../matters/written-act.ts'

/** The survey sheet: what was seen at the visit, and the income and property that investigators put in place of what was declared. */
export async function writeSurvey(
  { stableIncome, surveySheet }: IntakeOf<'COMPLETE_SURVEY'>,
  { reading, occurredOn }: Desk,
): Promise<WrittenAct<'COMPLETE_SURVEY'>> {
  const { surveyed, surveyedProperty = [], visitedOn } = surveySheet
  const faults = await faultsOfSurvey(surveySheet, reading, occurredOn)
  if (faults.length > 0) throw inputFault(faults)
  const dated = <T extends { surveyedOn?: PlainDate | undefined }>(line: T) => ({
    ...line,
    surveyedOn: line.surveyedOn ?? visitedOn,
  })
  const body = { ...surveySheet, surveyed: surveyed.map(dated), surveyedProperty: surveyedProperty.map(dated) }
  return {
    details: { stableIncome },
    drafts: [{ kind: 'SURVEY_SHEET', body }],
    citedPaperIds: [],
  }
}
