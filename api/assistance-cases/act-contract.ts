import { isWithinMostInAll } from '../../domain/money.ts'
import { SurveyedIncomeIntake, SurveyedPropertyIntake } from '../../domain/schemas/survey-sheet.ts'
import { ApplicationIntake, BankAccountIntake } from '../../domain/schemas/application-intake.ts'
import { caseVersion, fenInAllFaultSentence, lineText, plainDate, remarkText } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { limitKeys } from '../../domain/matter/limit-keys.ts'
import {
  dibaoCategories,
  extensionCauses,
  matchingSources,
  presentCapacities,
  receivingCapacities,
  refusalReasons,
  riskMarks,
  roles,
  statusAnswers,
  waitedForParties,
} from '../../domain/vocabulary.ts'
import { caseStages } from '../../domain/procedures/assistance-case/words.ts'
import { Fault, id } from '../http/nouns.ts'

const common = {
  /** The version of the case that the officer saw when deciding. */
  versionSeen: caseVersion,
  /** The day in life; today when left out. */
  occurredOn: plainDate.optional(),
  /** Files of the case that the act rests on. */
  evidencePaperIds: z.array(id).max(50).default([]),
}

const category = z.enum(dibaoCategories).optional()
const unknownSources = z.array(z.enum(matchingSources)).max(matchingSources.length).default([])
const signature = { assessmentId: id, category, unknownSources, opinion: remarkText }
const line = lineText(500)

/** Acts that happen when they are entered: a wait, an order or a mark that was dated back would re-write what was. */
const now = { versionSeen: common.versionSeen, evidencePaperIds: common.evidencePaperIds }

/** A run of a limit, as boards and lists name it. */
const watched = { limit: z.enum(limitKeys), run: z.int().min(1).max(1000) }

const SurveySheet = z
  .strictObject({
    visitedOn: plainDate,
    place: line,
    /** Who was there, by name; of the household unless `presentCapacity` says otherwise. */
    memberPresent: line,
    presentCapacity: z.enum(presentCapacities).default('MEMBER'),
    /** What makes them so (监护关系、委托书、照料关系); needed for everybody but a member. */
    presentBasis: line.optional(),
    findings: remarkText,
    neighbourEnquiries: z.array(line).max(20).optional(),
    surveyed: z.array(SurveyedIncomeIntake).max(100),
    surveyedProperty: z.array(SurveyedPropertyIntake).max(100).optional(),
  })
  .refine(
    ({ surveyed, surveyedProperty = [] }) =>
      isWithinMostInAll([
        ...surveyed.map(({ monthlyFen }) => monthlyFen),
        ...surveyedProperty.map(({ valueFen }) => valueFen),
      ]),
    { path: ['surveyed'], message: fenInAllFaultSentence },
  )

/** The proof of service (送达回证、邮政回执、公告照片): without one, nothing was served. */
const proofPaperIds = z.array(id).min(1, '请上传送达回证、邮政回执或者公告照片。').max(50)

/** To whom a letter went, in which capacity they took it, how and where. */
const Service = z.discriminatedUnion('manner', [
  z.strictObject({
    manner: z.literal('IN_PERSON'),
    recipient: line,
    receivedAs: z.enum(receivingCapacities),
    /** For an agent: the authority (委托书). */
    basis: line.optional(),
    place: line,
  }),
  z.strictObject({
    manner: z.literal('LEFT'),
    recipient: line,
    place: line,
    witnesses: z.array(line).min(1, '留置送达须有见证人。').max(10),
  }),
  z.strictObject({ manner: z.literal('BY_POST'), recipient: line, place: line, trackingNumber: line }),
  z.strictObject({ manner: z.literal('BY_NOTICE'), place: line, noticeFrom: plainDate }),
])

/** What may be asked of a case, by action. Everything wrong with it is told at once. */
export const ActIntake = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.literal('ACCEPT'), ...common }),
    z.strictObject({
      action: z.literal('RETURN'),
      ...common,
      to: z.enum(caseStages),
      mendingList: z.array(line).min(1, '退回时须一次性列明需要补正的事项。').max(50),
    }),
    z.strictObject({
      action: z.literal('RESUBMIT'),
      ...common,
      application: ApplicationIntake.optional(),
      remark: remarkText.optional(),
    }),
    z.strictObject({ action: z.literal('BEGIN_SURVEY'), ...common, investigatorIds: z.array(id).max(20) }),
    z.strictObject({
      action: z.literal('COMPLETE_SURVEY'),
      ...common,
      stableIncome: z.boolean(),
      surveySheet: SurveySheet,
    }),
    z.strictObject({
      action: z.literal('SIGN_SURVEY'),
      ...common,
      agrees: z.boolean(),
      /** What is not as the sheet says; needed to disagree. */
      reason: remarkText.optional(),
    }),
    z.strictObject({ action: z.literal('ASK_REGISTERS'), ...common, reason: remarkText }),
    z.strictObject({ action: z.literal('GIVE_OPINION'), ...common, agrees: z.boolean(), ...signature }),
    z.strictObject({ action: z.literal('REVIEW_FILE'), ...common, agrees: z.boolean(), ...signature }),
    z.strictObject({ action: z.literal('VISIT_HOUSEHOLD'), ...common, findings: remarkText }),
    z.strictObject({ action: z.literal('CONFIRM'), ...common, ...signature }),
    z.strictObject({
      action: z.literal('REFUSE'),
      ...common,
      assessmentId: id,
      /** Each with how it shows in this household; the letter words every one of them. */
      reasons: z
        .array(z.strictObject({ code: z.enum(refusalReasons), text: remarkText }))
        .min(1, '不予确认须选择理由。')
        .max(refusalReasons.length)
        .refine((reasons) => new Set(reasons.map(({ code }) => code)).size === reasons.length, '同一理由只填写一次。'),
    }),
    z.strictObject({ action: z.literal('POST_NOTICE'), ...common, noticePlace: line }),
    z.strictObject({ action: z.literal('HAND_UP'), ...common }),
    z.strictObject({ action: z.literal('EXPLAIN_ACCOUNT'), ...common, accountId: id, reason: remarkText }),
    z.strictObject({
      action: z.literal('SETTLE_STATUS'),
      ...common,
      statusId: id,
      answer: z.enum(statusAnswers),
      /** The day of death, of imprisonment or of moving; left out where the register is wrong. */
      on: plainDate.optional(),
      reason: remarkText,
    }),
    z.strictObject({ action: z.literal('END_BENEFIT'), ...common, reason: remarkText }),
    z.strictObject({ action: z.literal('CORRECT_ACCOUNT'), ...common, bankAccount: BankAccountIntake }),
    z.strictObject({ action: z.literal('AGREE_ACCOUNT'), ...common, accountId: id }),
    z.strictObject({
      action: z.literal('SERVE_REFUSAL'),
      ...common,
      service: Service,
      evidencePaperIds: proofPaperIds,
    }),
    z.strictObject({ action: z.literal('PREPARE_PAYMENT'), ...common }),
    z.strictObject({
      action: z.literal('RELEASE_PAYMENT'),
      ...common,
      /** As it came with the full account; needed where the account was changed after the decision. */
      seenDigest: z
        .string()
        .regex(/^[A-Za-z0-9_-]{1,200}$/)
        .optional(),
    }),
    z.strictObject({
      action: z.literal('EXTEND'),
      ...common,
      cause: z.enum(extensionCauses),
      reason: remarkText,
    }),
    z.strictObject({ action: z.literal('WITHDRAW'), ...common, reason: remarkText }),
    z.strictObject({
      action: z.literal('AWAIT'),
      ...now,
      waitsFor: z.enum(waitedForParties),
      throughDay: plainDate,
      reason: remarkText,
    }),
    z.strictObject({ action: z.literal('END_WAITING'), ...common }),
    z.strictObject({ action: z.literal('MARK_RISK'), ...now, mark: z.enum(riskMarks), reason: remarkText }),
    z.strictObject({ action: z.literal('ASSIGN'), ...now, role: z.enum(roles), officerId: id }),
    z.strictObject({ action: z.literal('URGE'), ...now, ...watched, text: remarkText.optional() }),
    z.strictObject({ action: z.literal('ISSUE_ORDER'), ...now, ...watched, officeId: id, text: remarkText }),
    z.strictObject({ action: z.literal('ANSWER_ORDER'), ...now, text: remarkText }),
    z.strictObject({ action: z.literal('CLOSE_ORDER'), ...now, reason: remarkText }),
  ])
  .meta({ id: 'Act' })
export type ActIntake = z.output<typeof ActIntake>
export type ActIntakeInput = z.input<typeof ActIntake>

/**
 * The same again for the same request id, for as long as the case lives. `standsInFor` names the holder of the post where a
 * stand-in acted, and is left out otherwise.
 */
export const ActAnswer = z
  .object({ outcome: z.literal('FILED'), matterId: id, eventId: id, version: z.int(), standsInFor: id.optional() })
  .meta({ id: 'ActAnswer' })
export type ActAnswer = z.infer<typeof ActAnswer>

/** Taken; `warnings` say what is seldom so, for the clerk to look at while the family is there. */
export const NewCaseAnswer = z
  .object({ matterId: id, matterNumber: z.string(), version: z.int(), warnings: z.array(Fault) })
  .meta({ id: 'NewCase' })
export type NewCaseAnswer = z.infer<typeof NewCaseAnswer>

export { ApplicationIntake }
