/**
 * Reasons for which an act of any procedure can be refused, with the sentence that the person reads. A refusal is an
 * answer, not a fault: it leaves no event, and it says what to do next.
 */
export const commonRefusals = {
  notPermittedAtThisStage: '本案现在的环节不能办理此事项，请刷新后按当前环节办理。',
  notYourRole: '您的岗位无权办理此事项，请由有权的岗位办理。',
  outsideYourArea: '本案不在您单位的管辖范围内。',
  postNotHeld: '您现在不担任该岗位，请重新选择岗位后办理。',
  otherCapacityInThisCase: '您已在本案以另一身份办理过事项，同一人不得在一案中兼任两种身份，请交由他人办理。',
  ownCase: '不得办理本人家庭的案件，请交由他人办理。',
  relativeOfHousehold: '申请家庭成员是您备案的近亲属，您应当回避，请交由他人办理。',
  caseChangedSinceSeen: '您查看之后本案又有新的办理记录，请重新查看后再决定。',
  occurredInTheFuture: '发生日期不能晚于今天。',
  occurredBeforeLastStep: '发生日期不能早于本案上一次办理的日期。',
  paperMissing: '缺少办理本事项所需的材料，请先补上材料。',
  sameFinanceOfficer: '编制人与放款人不得为同一人，请由另一名财政人员放款。',
  notWaiting: '本案没有正在进行的等待登记，无需结束。',
  alreadyWaiting: '本案已登记等待且未到期，请先结束原登记再重新登记。',
  waitingDayNotPossible: '等待截止日须晚于登记日，且不超过规定的最长天数，请重新填写。',
  alreadyMarked: '本案已登记该风险情形，无需重复登记。',
  notOnThisDesk: '本案现在不在该岗位办理，请刷新后按当前环节指定。',
  notYourOffice: '只能在本单位的岗位内指定经办人员。',
  assigneeMayNotAct: '所指定的人员今天不在该岗位，或者依规定应当回避本案，请另行指定。',
  alreadyAssigned: '本案已指定由该人员办理，无需重复指定。',
  limitNotRunning: '该时限现在不在计时，请刷新后按正在计时的时限办理。',
  orderOpen: '本案已有未办结的督办单，请先办结后再下发。',
  noOrderOpen: '本案没有未办结的督办单。',
  orderFromAbove: '本督办单由市级下发，请由市级督办人办结。',
  ownAnswer: '本督办单由您本人答复，不得由您办结，请交由其他督办人办理。',
  orderAnswered: '本督办单已经答复，请等待督办人办结。',
  addresseeHoldsNothing: '该单位现在没有办理本案，请向正在办理的单位下发督办单。',
  notTheAddressee: '本督办单不是下发给您单位的，请由收件单位答复。',
  notInBulk: '该事项须逐件办理，不能批量办理。',
  singledOut: '本案有须单独审看的情形（近亲属备案、投诉举报或者抽查），不能批量办理，请逐件办理。',
  notAlike: '本案与所选同类案件的核算结果、风险情形或材料不同，请单独审看后逐件办理。',
  contentNotStorable:
    '所提交的内容含有系统无法保存的字符、日期或数值，本次办理未生效，已转请管理人员查看；请更正后重新提交。',
  caseClosed: '本案已办结；如需更正，请另立新案并引用本案。',
  caseUnknown: '没有找到该案件。',
} as const

export type CommonRefusalCode = keyof typeof commonRefusals

/** A named refusal. `detail` carries codes or days that make the sentence concrete, never personal data. */
export type Refusal<Code extends string = string> = {
  code: Code
  detail?: Record<string, string | number | readonly string[]>
}

export function refuse(code: CommonRefusalCode, detail?: Refusal['detail']): Refusal<CommonRefusalCode> {
  return detail === undefined ? { code } : { code, detail }
}
