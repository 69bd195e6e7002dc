import { exemptionKeys, incomeKinds, propertyKinds } from '../vocabulary.ts'
import { fenAmount, plainDate, recordId, remarkText } from './nouns.ts'
import { z } from './zod.ts'

const settlement = { settlesFactId: recordId.optional(), reason: remarkText.optional() }

const settledWithReason = <T extends { settlesFactId?: string | undefined; reason?: string | undefined }>({
  settlesFactId,
  reason,
}: T) => (settlesFactId === undefined) === (reason === undefined)
const settledWithReasonMessage = { path: ['reason'], message: '更正核对结果须同时指明所更正的核对结果和理由。' }

/** Income that investigators established; with a fact and a reason it replaces that fact (57 Art. 16, 18). */
export const SurveyedIncomeIntake = z
  .strictObject({
    personId: recordId,
    kind: z.enum(incomeKinds),
    monthlyFen: fenAmount,
    /** The day of the visit where nothing else is said. */
    surveyedOn: plainDate.optional(),
    ...settlement,
  })
  .refine(settledWithReason, settledWithReasonMessage)

/** Property that investigators established; `held` is false for what turned out to be gone. */
export const SurveyedPropertyIntake = z
  .strictObject({
    personId: recordId,
    kind: z.enum(propertyKinds),
    valueFen: fenAmount,
    held: z.boolean(),
    /** Theirs, and not counted here: which of the things that the place leaves out. */
    exemption: z.enum(exemptionKeys).optional(),
    /** The day of the visit where nothing else is said. */
    surveyedOn: plainDate.optional(),
    ...settlement,
  })
  .refine(({ held, exemption }) => held || exemption === undefined, {
    path: ['exemption'],
    message: '不计入的物品应填写为家庭所有；已不归家庭所有的，不需选择不计入。',
  })
  .refine(
    ({ exemption, reason, settlesFactId }) => exemption === undefined || (reason ?? settlesFactId) !== undefined,
    {
      path: ['reason'],
      message: '选择不计入须说明理由。',
    },
  )
  .refine(
    ({ settlesFactId, reason, exemption }) => exemption !== undefined || settledWithReason({ settlesFactId, reason }),
    settledWithReasonMessage,
  )
