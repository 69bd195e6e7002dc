import type { CommonAct } from './acts.ts'
import type { CommonFacts } from './facts.ts'

/** What the words that all procedures share are called on screens. */

export const commonStageLabels = { CLOSED: '已办结' } as const

export const commonActLabels = {
  AWAIT: '登记等待',
  END_WAITING: '结束等待',
  MARK_RISK: '登记风险情形',
  ASSIGN: '指定经办人员',
  URGE: '催办',
  ISSUE_ORDER: '下发督办单',
  ANSWER_ORDER: '答复督办单',
  CLOSE_ORDER: '办结督办单',
} as const satisfies Record<CommonAct, string>

export const commonFactLabels = {
  LIMIT_BREACHED: '办理超期',
  WAITING_BEGUN: '登记等待',
  WAITING_ENDED: '结束等待',
  RISK_MARKED: '登记风险情形',
  TASK_ASSIGNED: '指定经办人员',
  SUPERVISION_RAISED: '督办阶梯升级',
  URGED: '催办',
  ORDER_ISSUED: '下发督办单',
  ORDER_ANSWERED: '答复督办单',
  ORDER_CLOSED: '办结督办单',
} as const satisfies Record<keyof CommonFacts, string>
