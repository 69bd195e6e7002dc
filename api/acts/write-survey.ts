import type { PlainDate } from '../../domain/time/plain-date.ts'
import { type CaseReading, readFactsOfCase } from '../../prisma/stores/case-reading.ts'
import type { Fault } from '../contract/nouns.ts'
import { inputFault } from '../problem.ts'
import { refuseUnknownPapers } from './known-papers.ts'
import type { Desk, IntakeOf, WrittenAct } from './written-act.ts'

/** The survey sheet: what was seen at the visit, and the income and property that investigators put in place of what was declared. */
export async function writeSurvey(
  { stableIncome, surveySheet, evidencePaperIds }: IntakeOf<'COMPLETE_SURVEY'>,
  { reading }: Desk,
): Promise<WrittenAct<'COMPLETE_SURVEY'>> {
  await refuseUnknownPapers(reading, evidencePaperIds)
  const { surveyed, surveyedProperty = [], visitedOn } = surveySheet
  const faults = [
    ...(await faultsOf('surveyed', surveyed, reading)),
    ...(await faultsOf('surveyedProperty', surveyedProperty, reading)),
  ]
  if (faults.length > 0) throw inputFault(faults)
  const dated = <T extends { surveyedOn?: PlainDate | undefined }>(line: T) => ({
    ...line,
    surveyedOn: line.surveyedOn ?? visitedOn,
  })
  const body = { ...surveySheet, surveyed: surveyed.map(dated), surveyedProperty: surveyedProperty.map(dated) }
  return {
    details: { stableIncome },
    drafts: [{ kind: 'SURVEY_SHEET', body }],
    citedPaperIds: evidencePaperIds,
  }
}

type Lines = readonly { personId: string; settlesFactId?: string | undefined }[]

/** A line is about a member of this household, and settles only a fact about that very member. */
async function faultsOf(list: string, lines: Lines, { db, row, state }: CaseReading): Promise<Fault[]> {
  const facts = await readFactsOfCase(db, row.id)
  return lines.flatMap(({ personId, settlesFactId }, index): Fault[] => {
    const path = ['surveySheet', list, index]
    const stranger = !state.memberPersonIds.includes(personId)
    const fact = facts.find(({ factId }) => factId === settlesFactId)
    return [
      ...(stranger ? [{ path: [...path, 'personId'], message: '不是本案的家庭成员。' }] : []),
      ...(settlesFactId !== undefined && fact?.personId !== personId
        ? [{ path: [...path, 'settlesFactId'], message: '没有找到该成员的这条核对结果。' }]
        : []),
    ]
  })
}
