import { type CaseReading, readFactsOfCase } from '../../prisma/stores/case-reading.ts'
import type { Fault } from '../contract/nouns.ts'
import { inputFault } from '../problem.ts'
import { refuseUnknownPapers } from './known-papers.ts'
import type { Desk, IntakeOf, WrittenAct } from './written-act.ts'

/** The survey sheet: what was seen at the visit, and the income that investigators put in place of what was declared. */
export async function writeSurvey(
  { stableIncome, surveySheet, evidencePaperIds }: IntakeOf<'COMPLETE_SURVEY'>,
  { reading }: Desk,
): Promise<WrittenAct<'COMPLETE_SURVEY'>> {
  await refuseUnknownPapers(reading, evidencePaperIds)
  const faults = await faultsOf(surveySheet.surveyed, reading)
  if (faults.length > 0) throw inputFault(faults)
  const surveyed = surveySheet.surveyed.map((line) => ({
    ...line,
    surveyedOn: line.surveyedOn ?? surveySheet.visitedOn,
  }))
  return {
    details: { stableIncome },
    drafts: [{ kind: 'SURVEY_SHEET', body: { ...surveySheet, surveyed } }],
    citedPaperIds: evidencePaperIds,
  }
}

type Lines = IntakeOf<'COMPLETE_SURVEY'>['surveySheet']['surveyed']

/** A line is about a member of this household, and settles only a fact about that very member. */
async function faultsOf(lines: Lines, { db, row, state }: CaseReading): Promise<Fault[]> {
  const facts = await readFactsOfCase(db, row.id)
  return lines.flatMap(({ personId, settlesFactId }, index): Fault[] => {
    const path = ['surveySheet', 'surveyed', index]
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
