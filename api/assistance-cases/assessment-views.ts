import type { Assessment } from '../../domain/policy/assessment.ts'
import { explainAssessment } from '../../domain/policy/explanation.ts'
import { readApplication } from '../../prisma/stores/household/applications.ts'
import {
  type AssessmentAsked,
  type AssessmentPaper,
  assessBasis,
  basisDigest,
  readAssessmentBasis,
} from '../../prisma/stores/household/assessments.ts'
import type { CaseReading } from '../../prisma/stores/matter/case-reading.ts'

/** What the rules make of a household as the archive holds it now, with the digest of what they were asked about. */
export async function assessNow(reading: CaseReading, asked: AssessmentAsked): Promise<AssessmentPaper> {
  const basis = await readAssessmentBasis(reading, reading, asked)
  return { assessment: assessBasis(basis), category: asked.category, basisDigest: basisDigest(basis) }
}

/** An assessment in sentences, with the names of the members. */
export async function explainWithNames(reading: CaseReading, assessment: Assessment): Promise<string[]> {
  const { intake, personIds } = await readApplication(reading, reading.row.id, reading.events)
  const nameOf = new Map(personIds.map((personId, index) => [personId, intake.members[index]?.name]))
  return explainAssessment(assessment, (personId) => nameOf.get(personId) ?? '家庭成员')
}
