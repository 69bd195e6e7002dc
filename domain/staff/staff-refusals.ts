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
  standInNamesThemselves: '代班人员不得由其本人指定，请由缺勤人员本人、单位负责人或者系统管理员指定。',
  otherFamilyOfDuties: '该人员已承担另一类职务；业务办理、资金发放、监督审计、系统管理四类职务，同一人不得兼任。',
  identityNotRecorded: '该账号尚未登记本人身份，不能任职或者代班；请先由系统管理员登记身份。',
  gainerSigns: '代班或者任职的本人不得签字同意，请由他人办理。',
  secondIsFirst: '须由另一人签字同意：同一人（包括其另一账号）不能既提出又同意。',
  noStandInNamed: '该登记没有指定代班人员，无需签字同意。',
  deputyOver: '该常设代班已经结束。',
  deputyOverlaps: '该人员在该岗位上已有日期重叠的常设代班人员，请先结束原来的登记。',
  proposalNeeded: '该事项须两名系统管理员办理：请提出人员变动申请，由另一名系统管理员同意。',
  proposalDone: '该申请已经办理。',
  proposalWithdrawn: '该申请已经撤回，请重新提出。',
  proposalExpired: '该申请已经过期，请重新提出。',
  proposerGone: '提出人已不再是有效的系统管理员，请重新提出申请。',
  lastAdministrator: '该人员是辖区最后一名系统管理员，不能停用、结束在岗；请先安排另一名系统管理员。',
  identityTaken: '所登记的身份与该账号现有身份相同，无需办理。',
  staffNumberTaken: '该工号已有账号，请核对工号。',
  ownNewAccount: '不能为本人新建账号，请由其他系统管理员办理。',
  passwordAlreadyChosen: '该账号不再使用初始密码，不能重发；忘记密码的，请申请重置密码。',
  passwordNotYetChosen: '该账号仍在使用初始密码；遗失的，请申请重发初始密码。',
  notToOneself: '不得把岗位交给本人，请由他人办理。',
  successorNotAppointed: '接收人尚未安排到该岗位；请先由两名系统管理员办理安排到岗，再行移交。',
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
  notOwnAccount: '不能停用、恢复本人的账号，也不能为其解除限制或者重发初始密码，请由其他系统管理员办理。',
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
