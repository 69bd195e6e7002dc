/**
 * Every reason for which an act can be refused, with the sentence that the person reads. A refusal is an answer, not a
 * fault: it leaves no event, and it says what to do next.
 */
export const refusals = {
  notPermittedAtThisStage: '本案现在的环节不能办理此事项,请刷新后按当前环节办理。',
  notYourRole: '您的岗位无权办理此事项,请由有权的岗位办理。',
  outsideYourArea: '本案不在您单位的管辖范围内。',
  postNotHeld: '您现在不担任该岗位,请重新选择岗位后办理。',
  otherCapacityInThisCase: '您已在本案以另一身份办理过事项,同一人不得在一案中兼任两种身份,请交由他人办理。',
  ownCase: '不得办理本人家庭的案件,请交由他人办理。',
  relativeOfHousehold: '申请家庭成员是您备案的近亲属,您应当回避,请交由他人办理。',
  caseChangedSinceSeen: '您查看之后本案又有新的办理记录,请重新查看后再决定。',
  occurredInTheFuture: '发生日期不能晚于今天。',
  occurredBeforeLastStep: '发生日期不能早于本案上一次办理的日期。',
  paperMissing: '缺少办理本事项所需的材料,请先补上材料。',
  twoInvestigatorsNeeded: '入户调查须由两名以上调查人员进行,请补充调查人员。',
  investigatorNotOfTownship:
    '调查人员须是本乡镇(街道)、村(社区)在岗人员,且不是申请家庭成员或其近亲属,也未在本案担任其他身份。',
  surveyNotBegun: '尚未登记开始入户调查,请先登记调查人员和日期。',
  surveyAlreadyBegun: '本次入户调查已登记开始,无需重复登记。',
  matchingUnanswered: '有核对来源尚未答复;如要继续,须逐项签字确认在缺少该来源结果的情况下办理。',
  matchingExpired: '核对结果已过有效期,请退回入户调查环节重新核对。',
  assessmentOutdated: '核算结果所依据的信息已有变化,请重新核算后再签署。',
  assessmentNotFavourable: '核算结果为不符合条件,不能同意;请核实或改签不同意。',
  categoryMissing: '本地农村低保按类别发放,请由审核人员确定类别并说明理由。',
  opinionMissing: '尚无乡镇初审意见。',
  noticeAlreadyPosted: '本次公示已张贴,公示期未满。',
  noticeNotHeld: '初审意见未经公示,不能确认同意;请退回乡镇重新初审并公示。',
  returnTargetNotEarlier: '只能退回到之前的环节,请重新选择。',
  mendingListMissing: '退回时须一次性列明需要补正的事项。',
  reasonsMissing: '不予确认须说明理由,请选择理由并填写说明。',
  extensionCauseMissing: '延长办理时限须有规定的事由。',
  alreadyExtended: '办理时限只能延长一次,本案已经延长过。',
  alreadyAccepted: '本案已经受理。',
  memberInAnotherOpenCase: '家庭成员中有人已在另一件未办结的申请中,请先核实。',
  memberAlreadyInBenefit: '家庭成员中有人已在享受同类救助,不能重复纳入。',
  paymentMonthNotReached: '发放月份未到,到该月一日后方可放款。',
  accountNotInQuestion: '只有款项被银行退回后才能更正收款账户。',
  paymentNotPrepared: '发放清单尚未编制,请先由编制人编制。',
  paymentAlreadyPrepared: '本月发放清单已编制,请由另一名财政人员复核放款。',
  paymentUnderway: '本笔款项已发往银行,结果未定,不能重复发放。',
  sameFinanceOfficer: '编制人与放款人不得为同一人,请由另一名财政人员放款。',
  caseClosed: '本案已办结;如需更正,请另立新案并引用本案。',
  caseUnknown: '没有找到该案件。',
} as const

export type RefusalCode = keyof typeof refusals

/** A named refusal. `detail` carries codes or days that make the sentence concrete, never personal data. */
export type Refusal = { code: RefusalCode; detail?: Record<string, string | number | readonly string[]> }

export function refuse(code: RefusalCode, detail?: Refusal['detail']): Refusal {
  return detail === undefined ? { code } : { code, detail }
}
