import type { CaseEventType } from '../../domain/case/case-events.ts'

/** What each event is called in the history of a case. */
export const caseEventLabels = {
  APPLICATION_SUBMITTED: '提交申请',
  APPLICATION_RESUBMITTED: '提交补正材料',
  CASE_RETURNED: '退回',
  APPLICATION_ACCEPTED: '受理',
  MATCHING_REQUESTED: '发起信息核对',
  MATCHING_ANSWERED: '收到核对结果',
  SURVEY_BEGUN: '启动入户调查',
  SURVEY_COMPLETED: '完成入户调查',
  OPINION_GIVEN: '签署初审意见',
  NOTICE_POSTED: '张贴公示',
  NOTICE_ENDED: '公示期满',
  FILE_REVIEWED: '县级审核',
  CONFIRMED: '予以确认',
  REFUSED: '不予确认',
  REFUSAL_SERVED: '送达不予确认告知书',
  PAYMENT_PREPARED: '编制发放',
  PAYMENT_RELEASED: '复核放款',
  PAYMENT_SENT: '已发往银行',
  PAYMENT_PAID: '发放到账',
  PAYMENT_RETURNED: '款项退回',
  LIMIT_BREACHED: '办理超期',
  LIMIT_EXTENDED: '延长时限',
  ACCOUNT_CORRECTED: '更正收款账户',
  CASE_WITHDRAWN: '撤回申请',
} as const satisfies Record<CaseEventType, string>

export const caseEventTypes = Object.keys(caseEventLabels) as CaseEventType[]
