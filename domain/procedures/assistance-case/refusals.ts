import type { CommonRefusalCode, Refusal } from '../../matter/refusals.ts'

/** Reasons for which an act in an application is refused, beside those of every matter. */
export const caseRefusals = {
  twoInvestigatorsNeeded: '入户调查须由两名以上调查人员进行，请补充调查人员。',
  investigatorNotOfTownship:
    '调查人员须是本乡镇（街道）、村（社区）在岗人员，且不是申请家庭成员或其近亲属，也未在本案担任其他身份。',
  surveyNotBegun: '尚未登记开始入户调查，请先登记调查人员和日期。',
  surveyAlreadyBegun: '本次入户调查已由这些调查人员开始，无需重复登记；更换调查人员的，请登记新的调查人员。',
  investigatorGone:
    '有调查人员已不在本乡镇（街道）、村（社区）在岗或者须回避，不能签字；请重新启动入户调查，登记其他调查人员。',
  noSignatureOwed: '您不是待签字的调查人员，或者已经签字；请由登记的调查人员本人签字。',
  matchingUnanswered: '有核对来源尚未答复；如要继续，须逐项签字确认在缺少该来源结果的情况下办理。',
  matchingExpired: '有核对结果已过有效期，请重新核对；如要继续，须逐项签字确认沿用该来源的结果。',
  civilStatusOpen:
    '有登记信息显示家庭成员已死亡、正在服刑、户籍迁出或者身份不符，须先处理：注明日期和原因减出该成员，或者核实后签字说明登记有误。',
  civilStatusNotOpen: '该登记信息不存在或者已经处理，请刷新后查看。',
  identityToBeMended: '姓名与身份号码登记不符的，请退回补正正确的姓名和号码；经核实登记有误的，请签字说明。',
  statusDayNotPossible: '请填写死亡、服刑或者迁出的日期，且不能晚于今日。',
  applicantGone: '申请人不能从本案减出：请撤回本案，由其他家庭成员另行申请。',
  accountShared:
    '该收款账户同时用于其他家庭，或者代管人代管的账户过多：请更正账户，或者由经办人核实后说明使用情况并附材料。',
  accountExplained: '该收款账户的使用情况已经说明，无需重复说明。',
  keeperAgreementMissing: '账户由他人代管的，须有书面代管协议：请上传协议（材料种类选“协议”）后再办理。',
  payeeDeceased: '收款人已死亡，不能发放到其名下的任何账户：请更正为其他家庭成员的账户；没有其他成员的，请终止保障。',
  payeeNotGone: '收款人没有死亡的登记或者退款记录，不能由此终止保障。',
  countyVisitMissing:
    '本案有近亲属备案或者投诉举报，须由县级民政部门入户核查后方可确认，请先由县级审核人办理县级入户核查。',
  countyVisited: '县级入户核查已经办理，无需重复办理。',
  relativeNotMarked:
    '申请家庭有备案的近亲属，须由县级入户核查后方可确认：请先登记“近亲属备案”风险情形，再由县级审核人办理县级入户核查。',
  matchingUnderway: '信息核对正在进行，请等待各来源反馈后再重新核对。',
  assessmentOutdated: '核算结果所依据的信息已有变化，请重新核算后再签署。',
  assessmentForAnotherDay: '核算结果是按另一日期的标准作出的，与本次办理日期的标准不同，请按办理日期重新核算后再签署。',
  assessmentNotFavourable: '核算结果为不符合条件，不能同意；请核实或改签不同意。',
  categoryMissing: '本地农村低保按类别发放，请由审核人员确定类别并说明理由。',
  opinionMissing: '尚无乡镇初审意见。',
  noticeAlreadyPosted: '本次公示已张贴，公示期未满。',
  noticeNotHeld: '初审意见未经公示，不能确认同意；请退回乡镇重新初审并公示。',
  returnTargetNotEarlier: '只能退回到之前的环节，请重新选择。',
  mendingListMissing: '退回时须一次性列明需要补正的事项。',
  reasonsMissing: '不予确认须说明理由，请选择理由并填写说明。',
  reasonsNotBorneOut: '所选理由在核算结果和案卷中没有依据，请核对后只选择有依据的理由，或者补充调查后再决定。',
  extensionCauseMissing: '延长办理时限须有规定的事由。',
  alreadyExtended: '办理时限只能延长一次，本案已经延长过。',
  totalRunOut: '办理总时限已经届满，不能再延长；请尽快办结，并说明超期原因。',
  alreadyAccepted: '本案已经受理。',
  memberInAnotherOpenCase: '家庭成员中有人已在另一件未办结的申请中，请先核实。',
  memberAlreadyInBenefit: '家庭成员中有人已在享受同类救助，不能重复纳入。',
  memberInCaseOfOtherCounty: '家庭成员中有人已在外县（区）申请救助且尚未办结，请与{office}联系核实后再办理。',
  memberInBenefitOfOtherCounty: '家庭成员中有人正在外县（区）享受救助，不能重复享受，请与{office}联系核实。',
  paymentMonthNotReached: '发放月份未到，到该月一日后方可放款。',
  accountNotInQuestion: '只有款项被银行退回后才能更正收款账户。',
  accountAwaitsAgreement: '更正后的收款账户尚未由另一名人员复核，请先由乡镇负责人复核后再编制发放。',
  noAccountToAgree: '没有待复核的更正账户，请刷新后查看。',
  accountChangedSinceSeen: '待复核的账户与您查看的不是同一账户，请重新查看后再复核。',
  sameAccountOfficer: '更正人与复核人不得为同一人，请由另一名人员复核。',
  accountNotChecked: '银行尚未答复户名账号核验结果，请稍后再复核。',
  accountNotMatched: '银行核验户名与账号不符或者账户不能入账，请乡镇重新更正账户。',
  accountNotSeen: '收款账户在确认后有更正，请先查看完整账户再放款。',
  paymentChangedSinceSeen: '发放内容与您查看的不一致，请重新查看后再放款。',
  paymentDiffers: '发放内容与确认决定或者编制记录不一致，暂停发放，请立即报告并核查。',
  paymentNotPrepared: '发放清单尚未编制，请先由编制人编制。',
  paymentAlreadyPrepared: '本月发放清单已编制，请由另一名财政人员复核放款。',
  paymentUnderway: '本笔款项已发往银行，结果未定，不能重复发放。',
} as const

export type CaseRefusalCode = keyof typeof caseRefusals | CommonRefusalCode

export function refuse(code: CaseRefusalCode, detail?: Refusal['detail']): Refusal<CaseRefusalCode> {
  return detail === undefined ? { code } : { code, detail }
}
