import { conditionKeys, conditionOutcomes } from '../../domain/policy/condition.ts'
import { plainDate } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { dibaoCategories, incomeKinds, propertyKinds } from '../../domain/vocabulary.ts'
import { day, fen, id } from '../http/nouns.ts'

const ConditionView = z.object({
  key: z.enum(conditionKeys),
  label: z.string(),
  clause: z.string(),
  valueUsed: z.string().nullable(),
  threshold: z.string().nullable(),
  source: z.string().nullable(),
  ageDays: z.int().nullable(),
  outcome: z.enum(conditionOutcomes),
  sentence: z.string(),
})

/** A proposal with its reasons. Nobody is granted or refused by it. */
export const AssessmentView = z
  .object({
    assessedOn: day,
    eligible: z.boolean(),
    monthlyAmountFen: fen,
    perMember: z.array(z.object({ personId: id, amountFen: fen })),
    conditions: z.array(ConditionView),
    income: z.array(z.looseObject({ personId: id, kind: z.enum(incomeKinds), monthlyFen: fen })),
    property: z.array(z.looseObject({ personId: id, kind: z.enum(propertyKinds), valueFen: fen })),
    incomeMonthlyFen: fen,
    calculation: z.looseObject({ method: z.string(), monthlyFen: fen }),
    ruleVersion: z.string(),
    parameterVersion: z.string(),
  })
  .meta({ id: 'Assessment' })

const asked = {
  category: z.enum(dibaoCategories).optional(),
  /** The day in life of the act that it is for, where that is typed in later: its rules are those that count. */
  occurredOn: plainDate.optional(),
}

export const NewAssessment = z.strictObject(asked)

export type NewAssessment = z.output<typeof NewAssessment>

export const AssessmentQuery = z.strictObject(asked)

export const LiveAssessment = z.object({ assessment: AssessmentView, explanation: z.array(z.string()) })

export const StoredAssessment = z.object({
  assessmentId: id,
  assessment: AssessmentView,
  explanation: z.array(z.string()),
})
