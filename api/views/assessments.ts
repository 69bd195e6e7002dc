import { type Assessment, assess } from '../../domain/policy/assessment.ts'
import { explainAssessment } from '../../domain/policy/explanation.ts'
import type { DibaoCategory } from '../../domain/vocabulary.ts'
import { readApplication } from '../../prisma/stores/applications.ts'
import { type AssessmentPaper, basisDigest, readAssessmentBasis } from '../../prisma/stores/assessments.ts'
import type { CaseReading } from '../../prisma/stores/case-reading.ts'

/** What the rules make of a household now, with the digest of what they were asked about. */
export async function assessNow(reading: CaseReading, category: DibaoCategory | null): Promise<AssessmentPaper> {
  const basis = await readAssessmentBasis(reading, reading, category)
  const { household, surveyed, surveyedProperty, facts, sources, parameters } = basis
  const assessment = assess({
    household,
    surveyed,
    surveyedProperty,
    facts,
    sources,
    parameters,
    today: reading.today,
    ...(category === null ? {} : { category }),
  })
  return { assessment, category, basisDigest: basisDigest(basis) }
}

/** An assessment in sentences, with the names of the members. */
export async function explainWithNames(reading: CaseReading, assessment: Assessment): Promise<string[]> {
  const { intake, personIds } = await readApplication(reading, reading.row.id, reading.events)
  const nameOf = new Map(personIds.map((personId, index) => [personId, intake.members[index]?.name]))
  return explainAssessment(assessment, (personId) => nameOf.get(personId) ?? '家庭成员')
}
