import { lookKindLabels } from '../../domain/labels.ts'
import { actionLabels } from '../../domain/procedures/words.ts'
import { factLabels } from '../../domain/procedures/words.ts'

/** What stands in the audit besides acts of officers on cases. */
const otherAuditLabels = {
  ADD_PAPER: '上传材料',
  ASSESS: '核算',
  ERASE_PAPER: '清除材料内容',
  SEE_SUPERVISION: '督办事项已阅',
  ANSWER_SUPERVISION: '答复督办事项',
  GIVE_POST: '安排到岗',
  END_POST: '结束在岗',
  DISABLE_OFFICER: '停用账号',
  ENABLE_OFFICER: '恢复账号',
  CHANGE_PASSWORD: '修改密码',
  UNLOCK_SIGN_IN: '解除登录限制',
  RECORD_IDENTITY: '登记人员身份',
  NEW_OFFICER: '新建账号',
  NEW_FIRST_PASSWORD: '重发初始密码',
  RESET_PASSWORD: '重置密码',
  PROPOSE_STAFF_CHANGE: '提出人员变更',
  AGREE_STAFF_CHANGE: '同意人员变更',
  WITHDRAW_STAFF_CHANGE: '撤回人员变更',
  AGREE_STAND_IN: '同意代班',
  NAME_DEPUTY: '指定常设代班',
  AGREE_DEPUTY: '同意常设代班',
  END_DEPUTY: '结束常设代班',
  VIEW_PAYEE: '查看收款账户全号',
  CLOSE_SET_ASIDE: '搁置内容查看完毕',
  ENTER_ABSENCE: '登记缺勤',
  END_ABSENCE: '提前返岗',
  OPEN_HAND_OVER: '发起移交',
  GIVE_HAND_OVER: '移交人签字',
  TAKE_HAND_OVER: '接收人签字',
  CANCEL_HAND_OVER: '撤销移交',
  PASS_ON_TASKS: '待办转交',
  MOVE_DESK: '待办随辖区移交',
  CHANGE_AREA: '辖区调整',
  RAISE_ALARM: '产生警报',
  CLEAR_ALARM: '解除警报',
  ENTER_CALENDAR: '录入放假安排',
  REDATE: '调整到期日',
  DAILY_ROUND: '每日巡检',
  RECORD_FORECAST: '留存预报',
  ISSUE_BULLETIN: '印发通报',
  EXPORT_BOARD: '导出超期预警清单',
  ROLL_UP_READS: '汇总查阅记录',
  NEW_FORM: '审计格式衔接',
} as const satisfies Record<string, string>

const labels: Record<string, string> = { ...otherAuditLabels, ...factLabels, ...lookKindLabels, ...actionLabels }

/** The kind of a line of the audit: an act, an event, a look, or one of the above. */
export function auditKindLabel(kind: string): string {
  return labels[kind] ?? kind
}
