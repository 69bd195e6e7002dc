import { discrepancies } from '../../domain/household/matched-fact.ts'
import { matchingSourceLabels, sourceAnswerLabels } from '../../domain/labels.ts'
import { readAssessmentBasis } from '../../prisma/stores/assessments.ts'
import type { CaseReading } from '../../prisma/stores/case-reading.ts'
import type { CaseView } from '../contract/cases.ts'

const answerLabels = { ...sourceAnswerLabels, PENDING: '待反馈（情况不明）' }

/** What each register said, and where it differs from what the household declared. */
export async function matchingView(
  reading: CaseReading,
  { withFacts }: { withFacts: boolean },
): Promise<CaseView['matching']> {
  const { matching } = reading.state
  if (matching === null) return null
  const { facts, household } = withFacts ? await readAssessmentBasis(reading, reading, null) : { facts: [] }
  return {
    matchingRequestId: matching.matchingRequestId,
    answers: matching.answers.map(({ source, answer }) => ({
      source,
      label: matchingSourceLabels[source],
      answer,
      answerLabel: answerLabels[answer],
    })),
    facts: facts.map((fact) => ({
      ...fact,
      sourceLabel: matchingSourceLabels[fact.source],
      incomeKind: fact.kind === 'INCOME' ? fact.incomeKind : null,
      propertyKind: fact.kind === 'PROPERTY' ? fact.propertyKind : null,
    })),
    discrepancies: household === undefined ? [] : discrepancies(household, facts),
  }
}
