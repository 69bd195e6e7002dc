import { isWithinMostInAll } from '../../domain/money.ts'
import { SurveyedIncomeIntake, SurveyedPropertyIntake } from '../../domain/schemas/survey-sheet.ts'
import { ApplicationIntake, BankAccountIntake } from '../../domain/schemas/application-intake.ts'
import { caseVersion, fenInAllFaultSentence, lineText, plainDate, remarkText } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { limitKeys, limitLabels } from '../../domain/matter/limit-keys.ts'
import { caseStageLabels } from '../../domain/procedures/assistance-case/labels.ts'
import {
  dibaoCategoryLabels,
  extensionCauseLabels,
  matchingSourceLabels,
  receivingCapacityLabels,
  refusalReasonLabels,
  riskMarkLabels,
  serviceMannerLabels,
  statusAnswerLabels,
  waitedForPartyLabels,
} from '../../domain/labels.ts'
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
import { asks } from '../http/form-fields.ts'
import { Fault, id } from '../http/nouns.ts'

const common = {
  /** The version of the case that the officer saw when deciding. */
  versionSeen: asks('查看时的版本', 'SYSTEM', caseVersion),
  /** The day in life; today when left out. */
  occurredOn: asks('发生日期', 'DAY', plainDate.optional()),
  /** Files of the case that the act rests on. */
  evidencePaperIds: asks('依据材料', 'FILES', z.array(id).max(50).default([])),
}

const category = asks('救助类别', 'CHOICE', z.enum(dibaoCategories).optional(), dibaoCategoryLabels)
const unknownSources = asks(
  '确认在缺少其结果的情况下办理的核对来源',
  'CHOICES',
  z.array(z.enum(matchingSources)).max(matchingSources.length).default([]),
  matchingSourceLabels,
)
const assessmentId = asks('核算结果', 'SYSTEM', id)
const signature = { assessmentId, category, unknownSources, opinion: asks('意见', 'LONG_TEXT', remarkText) }
const agrees = asks('是否同意', 'YES_NO', z.boolean())
const reason = asks('理由', 'LONG_TEXT', remarkText)
const text = (title: string) => asks(title, 'LONG_TEXT', remarkText)
const line = lineText(500)

/** Acts that happen when they are entered: a wait, an order or a mark that was dated back would re-write what was. */
const now = { versionSeen: common.versionSeen, evidencePaperIds: common.evidencePaperIds }

/** A run of a limit, as boards and lists name it. */
const watched = {
  limit: asks('时限', 'CHOICE', z.enum(limitKeys), limitLabels),
  run: asks('第几次计时', 'SYSTEM', z.int().min(1).max(1000)),
}

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
const place = asks('送达地点', 'TEXT', line)
const recipient = asks('受送达人', 'TEXT', line)
const Service = z.discriminatedUnion('manner', [
  z.strictObject({
    manner: z.literal('IN_PERSON'),
    recipient,
    receivedAs: asks('签收人身份', 'CHOICE', z.enum(receivingCapacities), receivingCapacityLabels),
    /** For an agent: the authority (委托书). */
    basis: asks('委托依据', 'TEXT', line.optional()),
    place,
  }),
  z.strictObject({
    manner: z.literal('LEFT'),
    recipient,
    place,
    witnesses: asks('见证人', 'TEXTS', z.array(line).min(1, '留置送达须有见证人。').max(10)),
  }),
  z.strictObject({ manner: z.literal('BY_POST'), recipient, place, trackingNumber: asks('邮件号', 'TEXT', line) }),
  z.strictObject({ manner: z.literal('BY_NOTICE'), place, noticeFrom: asks('公告起始日', 'DAY', plainDate) }),
])

/** What may be asked of a case, by action. Everything wrong with it is told at once. */
export const ActIntake = z
  .discriminatedUnion('action', [
    z.strictObject({ action: z.literal('ACCEPT'), ...common }),
    z.strictObject({
      action: z.literal('RETURN'),
      ...common,
      to: asks('退回到', 'CHOICE', z.enum(caseStages), caseStageLabels),
      mendingList: asks('需要补正的事项', 'TEXTS', z.array(line).min(1, '退回时须一次性列明需要补正的事项。').max(50)),
    }),
    z.strictObject({
      action: z.literal('RESUBMIT'),
      ...common,
      application: asks('补正后的申请', 'APPLICATION', ApplicationIntake.optional()),
      remark: asks('补正说明', 'LONG_TEXT', remarkText.optional()),
    }),
    z.strictObject({
      action: z.literal('BEGIN_SURVEY'),
      ...common,
      investigatorIds: asks('调查人员', 'PEOPLE', z.array(id).max(20)),
    }),
    z.strictObject({
      action: z.literal('COMPLETE_SURVEY'),
      ...common,
      stableIncome: asks('收入是否稳定', 'YES_NO', z.boolean()),
      surveySheet: asks('入户调查表', 'SURVEY', SurveySheet),
    }),
    z.strictObject({
      action: z.literal('SIGN_SURVEY'),
      ...common,
      agrees: asks('是否认可调查表', 'YES_NO', z.boolean()),
      /** What is not as the sheet says; needed to disagree. */
      reason: asks('不认可的理由', 'LONG_TEXT', remarkText.optional()),
    }),
    z.strictObject({ action: z.literal('ASK_REGISTERS'), ...common, reason }),
    z.strictObject({ action: z.literal('GIVE_OPINION'), ...common, agrees, ...signature }),
    z.strictObject({ action: z.literal('REVIEW_FILE'), ...common, agrees, ...signature }),
    z.strictObject({ action: z.literal('VISIT_HOUSEHOLD'), ...common, findings: text('入户核查情况') }),
    z.strictObject({ action: z.literal('CONFIRM'), ...common, ...signature }),
    z.strictObject({
      action: z.literal('REFUSE'),
      ...common,
      assessmentId,
      /** Each with how it shows in this household; the letter words every one of them. */
      reasons: asks(
        '不予确认的理由',
        'ITEMS',
        z
          .array(
            z.strictObject({
              code: asks('理由', 'CHOICE', z.enum(refusalReasons), refusalReasonLabels),
              text: text('在本户的具体情况'),
            }),
          )
          .min(1, '不予确认须选择理由。')
          .max(refusalReasons.length)
          .refine(
            (reasons) => new Set(reasons.map(({ code }) => code)).size === reasons.length,
            '同一理由只填写一次。',
          ),
      ),
    }),
    z.strictObject({ action: z.literal('POST_NOTICE'), ...common, noticePlace: asks('公示地点', 'TEXT', line) }),
    z.strictObject({ action: z.literal('HAND_UP'), ...common }),
    z.strictObject({
      action: z.literal('EXPLAIN_ACCOUNT'),
      ...common,
      accountId: asks('收款账户', 'SYSTEM', id),
      reason,
    }),
    z.strictObject({
      action: z.literal('SETTLE_STATUS'),
      ...common,
      statusId: asks('登记信息', 'CHOICE', id),
      answer: asks('处理方式', 'CHOICE', z.enum(statusAnswers), statusAnswerLabels),
      /** The day of death, of imprisonment or of moving; left out where the register is wrong. */
      on: asks('死亡、服刑或者迁出日期', 'DAY', plainDate.optional()),
      reason,
    }),
    z.strictObject({ action: z.literal('END_BENEFIT'), ...common, reason }),
    z.strictObject({
      action: z.literal('CORRECT_ACCOUNT'),
      ...common,
      bankAccount: asks('收款账户', 'ACCOUNT', BankAccountIntake),
    }),
    z.strictObject({ action: z.literal('AGREE_ACCOUNT'), ...common, accountId: asks('待复核账户', 'SYSTEM', id) }),
    z.strictObject({
      action: z.literal('SERVE_REFUSAL'),
      ...common,
      service: asks('送达方式', 'VARIANTS', Service, serviceMannerLabels),
      evidencePaperIds: asks('送达证明', 'FILES', proofPaperIds),
    }),
    z.strictObject({ action: z.literal('PREPARE_PAYMENT'), ...common }),
    z.strictObject({
      action: z.literal('RELEASE_PAYMENT'),
      ...common,
      /** As it came with the full account; needed where the account was changed after the decision. */
      seenDigest: asks(
        '查看账户时的校验码',
        'SYSTEM',
        z
          .string()
          .regex(/^[A-Za-z0-9_-]{1,200}$/)
          .optional(),
      ),
    }),
    z.strictObject({
      action: z.literal('EXTEND'),
      ...common,
      cause: asks('延长事由', 'CHOICE', z.enum(extensionCauses), extensionCauseLabels),
      reason,
    }),
    z.strictObject({ action: z.literal('WITHDRAW'), ...common, reason }),
    z.strictObject({
      action: z.literal('AWAIT'),
      ...now,
      waitsFor: asks('等待对象', 'CHOICE', z.enum(waitedForParties), waitedForPartyLabels),
      throughDay: asks('等待至', 'DAY', plainDate),
      reason,
    }),
    z.strictObject({ action: z.literal('END_WAITING'), ...common }),
    z.strictObject({
      action: z.literal('MARK_RISK'),
      ...now,
      mark: asks('风险情形', 'CHOICE', z.enum(riskMarks), riskMarkLabels),
      reason,
    }),
    z.strictObject({
      action: z.literal('ASSIGN'),
      ...now,
      role: asks('岗位', 'SYSTEM', z.enum(roles)),
      officerId: asks('经办人员', 'PERSON', id),
    }),
    z.strictObject({
      action: z.literal('URGE'),
      ...now,
      ...watched,
      text: asks('催办内容', 'LONG_TEXT', remarkText.optional()),
    }),
    z.strictObject({
      action: z.literal('ISSUE_ORDER'),
      ...now,
      ...watched,
      officeId: asks('收件单位', 'OFFICE', id),
      text: text('督办内容'),
    }),
    z.strictObject({ action: z.literal('ANSWER_ORDER'), ...now, text: text('答复内容') }),
    z.strictObject({ action: z.literal('CLOSE_ORDER'), ...now, reason }),
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
