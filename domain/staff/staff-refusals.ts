/** Every reason for which a change of who works where is refused, with the sentence that the person reads. */
export const staffRefusals = {
  staffNotThere: '没有找到所请求的岗位、人员或者事项。',
  notYoursToArrange: '您无权办理该岗位的人员事项，请由本单位负责人或者系统管理员办理。',
  officerNotOnPost: '该人员在所填日期不担任该岗位，请核对人员、岗位和日期。',
  lastDayBeforeFirst: '结束日期不能早于开始日期，请更正。',
  absencePast: '所填日期已经全部过去，无需登记。',
  absenceOverlaps: '该人员在该岗位上已登记日期重叠的缺勤；如要更换代班人员，请先结束原来的登记。',
  standInIsAbsentee: '代班人员不能是缺勤人员本人，请另选他人。',
  standInNotOfOffice: '代班人员须在本单位或者上一级单位任职且账号未停用，请另选他人。',
  standInAway: '代班人员在这些日期也登记了缺勤，请另选他人。',
  notToOneself: '系统管理员不得把岗位交给本人，请由他人办理。',
  absenceOver: '该缺勤已经结束，无需再办理。',
  backOnNotPossible: '返岗日期须在今天至原定结束日期之间，请更正。',
  lastDayPast: '最后在岗日期不能早于今天，请更正。',
  takerIsGiver: '接收人与移交人不能是同一人，请另选他人。',
  takerNotAvailable: '接收人须在辖区内任职且账号未停用，请另选他人。',
  handOverOpen: '该人员在该岗位上已有未完成的移交，请先完成或者撤销。',
  notTheGiver: '移交清单只能由移交人本人签字。',
  notTheTaker: '移交清单只能由接收人本人签字。',
  notTheOpener: '移交只能由发起人撤销。',
  listChangedSinceSeen: '您查看之后清单又有变化，请重新查看后再签字。',
  listNotTheFrozenOne: '您所签的清单与移交人签字时封存的清单不一致，请重新查看后再签字。',
  handOverNotGiven: '移交人尚未签字，请待移交人签字后再接收。',
  handOverTaken: '该移交已经完成，不能再更改。',
  handOverCancelled: '该移交已经撤销，请重新发起。',
  alreadyOnPost: '该人员在这些日期已担任该岗位，无需重复安排。',
  officerNotAvailable: '该人员不在辖区内任职或者账号已停用，请核对。',
  holdingBeginsInThePast: '开始在岗日期不能早于今天，请更正。',
  holdingEndsTooEarly: '最后在岗日期不能早于昨天；已办理的事项仍然有效。',
  notOwnAccount: '不能停用、恢复或者解除限制本人的账号，请由其他系统管理员办理。',
  passwordChangedMeanwhile: '密码刚刚已被修改，请用新的密码重新登录。',
  alreadyDisabled: '该账号已经停用。',
  notDisabled: '该账号没有停用。',
} as const

export type StaffRefusalCode = keyof typeof staffRefusals

/** Nothing was changed, for a reason with a name. `detail` carries codes or days, never personal data. */
export class StaffRefused extends Error {
  override readonly name = 'StaffRefused'
  readonly code: StaffRefusalCode
  readonly detail: Record<string, string | number> | undefined
  constructor(code: StaffRefusalCode, detail?: Record<string, string | number>) {
    super(code)
    this.code = code
    this.detail = detail
  }
}
