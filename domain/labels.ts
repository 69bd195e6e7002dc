import type { DocumentKind } from './household/identity-number.ts'
import type { AskedStanding } from './household/asked-persons.ts'
import type {
  AbsenceCause,
  AccountCheckResult,
  AccountKind,
  AlarmKind,
  SetAsideReason,
  SetAsideSource,
  HoldReason,
  DutyFamily,
  StaffProposalKind,
  AmountMethod,
  AuditResult,
  AuditSource,
  Capacity,
  CivilStatus,
  ClockKind,
  DeadlineState,
  DibaoCategory,
  EvidenceKind,
  ExemptionKey,
  ExtensionCause,
  Hardship,
  IncomeKind,
  Level,
  LookKind,
  MatchingSource,
  MatterKind,
  OfficeKind,
  PaperKind,
  PresentCapacity,
  Programme,
  PropertyKind,
  ReceivingCapacity,
  RefusalReason,
  Relation,
  ResidenceKind,
  ReturnReason,
  ReviewKind,
  RiskMark,
  Role,
  RoundingPolicy,
  ServiceManner,
  SourceAnswer,
  StatusAnswer,
  SupervisionRung,
  WaitedForParty,
} from './vocabulary.ts'

/** What every word of the vocabulary is called on screens and in letters. */

export const programmeLabels = { DIBAO: '最低生活保障' } as const satisfies Record<Programme, string>

export const matterKindLabels = { ASSISTANCE_CASE: '低保申请' } as const satisfies Record<MatterKind, string>

export const residenceKindLabels = { URBAN: '城市', RURAL: '农村' } as const satisfies Record<ResidenceKind, string>

export const dibaoCategoryLabels = {
  I: '一类',
  II: '二类',
  III: '三类',
  IV: '四类',
} as const satisfies Record<DibaoCategory, string>

export const amountMethodLabels = {
  DIFFERENCE: '补差发放',
  CATEGORY: '分档发放',
} as const satisfies Record<AmountMethod, string>

export const relationLabels = {
  APPLICANT: '申请人',
  SPOUSE: '配偶',
  CHILD: '子女',
  PARENT: '父母',
  GRANDPARENT: '祖父母或外祖父母',
  GRANDCHILD: '孙子女或外孙子女',
  SIBLING: '兄弟姐妹',
  OTHER_SUPPORTED: '其他共同生活家庭成员',
} as const satisfies Record<Relation, string>

export const incomeKindLabels = {
  WAGE: '工资性收入',
  BUSINESS: '经营净收入',
  PROPERTY: '财产净收入',
  TRANSFER: '转移净收入',
  FARMING: '农业生产净收入',
  OTHER: '其他收入',
} as const satisfies Record<IncomeKind, string>

export const propertyKindLabels = {
  DEPOSIT: '存款',
  SECURITIES: '有价证券',
  REAL_ESTATE: '不动产',
  VEHICLE: '机动车辆',
  COMPANY_SHARE: '市场主体出资',
  OTHER: '其他财产',
} as const satisfies Record<PropertyKind, string>

export const hardshipLabels = {
  SERIOUS_ILLNESS: '重病',
  SEVERE_DISABILITY: '重度残疾',
  DISABILITY: '残疾',
  MINOR_CHILDREN: '抚养未成年子女',
  ELDERLY: '老年人',
  UNEMPLOYMENT: '失业',
  SCHOOLING: '就学负担',
  DISASTER: '受灾',
  OTHER: '其他困难',
} as const satisfies Record<Hardship, string>

export const matchingSourceLabels = {
  HOUSEHOLD_REGISTRATION: '户籍登记',
  SOCIAL_INSURANCE: '社会保险',
  TAX: '税务',
  REAL_ESTATE: '不动产登记',
  VEHICLES: '车辆登记',
  MARKET_REGULATION: '市场主体登记',
  HOUSING_FUND: '住房公积金',
  BANK_DEPOSITS: '银行存款',
} as const satisfies Record<MatchingSource, string>

export const sourceAnswerLabels = {
  FOUND: '有记录',
  NONE_FOUND: '无记录',
  NO_ANSWER: '未反馈（情况不明）',
} as const satisfies Record<SourceAnswer, string>

export const clockKindLabels = {
  WORKING_DAYS: '个工作日',
  NATURAL_DAYS: '日',
  HOURS: '小时',
  FIXED_DAY: '固定日期',
} as const satisfies Record<ClockKind, string>

export const roundingPolicyLabels = {
  HOUSEHOLD_UP_TO_YUAN: '按户计算，向上取整到元',
  HOUSEHOLD_HALF_UP_TO_YUAN: '按户计算，四舍五入到元',
  EXACT_FEN: '按户计算，保留到分',
} as const satisfies Record<RoundingPolicy, string>

export const evidenceKindLabels = {
  ID_DOCUMENT: '身份证件',
  HOUSEHOLD_REGISTER: '户口簿',
  INCOME_PROOF: '收入证明',
  PROPERTY_PROOF: '财产证明',
  MEDICAL_PROOF: '诊断证明、残疾证',
  AUTHORISATION: '核对授权书',
  SURVEY_RECORD: '入户调查照片、记录',
  NOTICE_PHOTO: '公示照片',
  SERVICE_PROOF: '送达回证、邮政回执',
  AGREEMENT: '协议',
  STATEMENT: '情况说明',
  DEATH_PROOF: '死亡证明',
  OTHER: '其他材料',
} as const satisfies Record<EvidenceKind, string>

export const documentKindLabels = {
  RESIDENT_ID: '居民身份证',
  RESIDENCE_PERMIT: '港澳台居民居住证',
  PERMANENT_RESIDENT_CARD: '外国人永久居留身份证',
  BIRTH_CERTIFICATE: '出生医学证明（尚无身份证号码）',
} as const satisfies Record<DocumentKind, string>

export const capacityLabels = {
  HANDLE: '经办',
  REVIEW: '审核',
  CONFIRM: '确认',
  PREPARE: '制单',
  RELEASE: '放款',
  SUPERVISE: '督办',
} as const satisfies Record<Capacity, string>

export const roleLabels = {
  VILLAGE_CLERK: '村（居）民政协理员',
  TOWNSHIP_HANDLER: '乡镇（街道）经办人',
  TOWNSHIP_LEADER: '乡镇（街道）负责人',
  COUNTY_HANDLER: '县级民政审核人',
  COUNTY_APPROVER: '县级民政确认人',
  FINANCE_OFFICER: '财政经办人',
  COUNTY_SUPERVISOR: '县级督办人',
  CITY_SUPERVISOR: '市级督办人',
  AUDITOR: '审计人员',
  ADMINISTRATOR: '系统管理员',
} as const satisfies Record<Role, string>

export const levelLabels = {
  VILLAGE: '村（社区）',
  TOWNSHIP: '乡镇（街道）',
  COUNTY: '县（市、区）',
  CITY: '设区的市',
  PROVINCE: '省（自治区、直辖市）',
  NATION: '国家',
} as const satisfies Record<Level, string>

export const officeKindLabels = {
  VILLAGE_COMMITTEE: '村（居）民委员会',
  TOWNSHIP_GOVERNMENT: '乡镇人民政府（街道办事处）',
  CIVIL_AFFAIRS_BUREAU: '民政局',
  FINANCE_BUREAU: '财政局',
} as const satisfies Record<OfficeKind, string>

export const paperKindLabels = {
  APPLICATION: '申请书',
  EVIDENCE: '证明材料',
  MENDING_LIST: '一次性告知单',
  SURVEY_SHEET: '入户调查表',
  ASSESSMENT: '核算表',
  OPINION: '意见书',
  NOTICE_SHEET: '公示单',
  REFUSAL_LETTER: '不予确认同意告知书',
  REASON: '情况说明',
  SUPERVISION_ORDER: '督办单',
  SUPERVISION_ANSWER: '督办答复',
  RISK_NOTE: '风险情形说明',
} as const satisfies Record<PaperKind, string>

export const deadlineStateLabels = {
  OPEN: '计时中',
  MET: '按时完成',
  BREACHED: '已超期',
  MET_LATE: '超期完成',
  ENTERED_LATE: '按时完成、补录',
  CANCELLED: '不再计时',
} as const satisfies Record<DeadlineState, string>

export const presentCapacityLabels = {
  MEMBER: '家庭成员',
  GUARDIAN: '监护人',
  AGENT: '委托代理人',
  CARER: '实际照料人',
} as const satisfies Record<PresentCapacity, string>

export const serviceMannerLabels = {
  IN_PERSON: '直接送达',
  LEFT: '留置送达',
  BY_POST: '邮寄送达',
  BY_NOTICE: '公告送达',
} as const satisfies Record<ServiceManner, string>

export const receivingCapacityLabels = {
  SELF: '申请人本人',
  ADULT_MEMBER: '同住成年家属',
  AGENT: '委托代理人',
} as const satisfies Record<ReceivingCapacity, string>

export const exemptionLabels = {
  DISABLED_VEHICLE: '残疾人代步车',
  LIVELIHOOD_VEHICLE: '维持基本生计的车辆',
  LIVELIHOOD_TOOL: '维持基本生计的生产工具',
} as const satisfies Record<ExemptionKey, string>

export const extensionCauseLabels = {
  OBJECTION: '对公示有异议',
  LIVES_AWAY_FROM_HUKOU: '人户分离',
  APPLIED_ELSEWHERE: '异地申请',
  HARD_SURVEY: '家庭经济状况调查难度较大',
  SPECIAL_CIRCUMSTANCES: '其他特殊情况',
} as const satisfies Record<ExtensionCause, string>

export const refusalReasonLabels = {
  INCOME_OVER_STANDARD: '家庭人均收入不低于当地最低生活保障标准',
  PROPERTY_OVER_LIMIT: '家庭财产超过当地规定限额',
  UNDECLARED_INCOME_OR_PROPERTY: '未如实申报收入或者财产',
  NOT_RESIDENT: '不符合户籍或者共同生活条件',
  DOES_NOT_COOPERATE: '无正当理由不配合调查核实',
  OTHER: '其他原因',
} as const satisfies Record<RefusalReason, string>

export const returnReasonLabels = {
  NAME_MISMATCH: '户名不符',
  ACCOUNT_CLOSED: '账户已销户',
  FROZEN: '账户冻结',
  INVALID_NUMBER: '账号有误',
  DORMANT: '账户长期不动',
  DECEASED: '收款人死亡',
  OTHER: '其他原因',
} as const satisfies Record<ReturnReason, string>

export const reviewKindLabels = {
  ANNUAL: '每年核查',
  HALF_YEARLY: '每半年核查',
  CHANGE: '变动核查',
  DEATH: '死亡核查',
} as const satisfies Record<ReviewKind, string>

export const civilStatusLabels = {
  DEAD: '登记为已死亡',
  IMPRISONED: '登记为正在服刑',
  MOVED_AWAY: '登记为户籍已迁出',
  NOT_THE_PERSON: '姓名与身份号码登记不符',
  OTHER: '其他登记信息',
} as const satisfies Record<CivilStatus, string>

export const statusAnswerLabels = {
  MEMBER_OFF: '已从家庭成员中减出',
  REGISTER_WRONG: '经核实登记有误',
} as const satisfies Record<StatusAnswer, string>

export const waitedForPartyLabels = {
  HOUSEHOLD: '申请家庭',
  MATCHING_CENTRE: '核对机构',
  OTHER_OFFICE: '其他部门',
} as const satisfies Record<WaitedForParty, string>

export const supervisionRungLabels = {
  REMINDER: '提醒',
  URGING: '催办',
  ORDER: '督办',
  CIRCULAR: '通报',
} as const satisfies Record<SupervisionRung, string>

export const riskMarkLabels = {
  RELATIVE_FILED: '近亲属备案',
  COMPLAINT: '有投诉举报',
  SAMPLED: '列入抽查',
} as const satisfies Record<RiskMark, string>

export const absenceCauseLabels = {
  LEAVE: '休假',
  TRAINING: '培训',
  SECONDMENT: '借调',
  ILLNESS: '病假',
  OTHER: '其他',
} as const satisfies Record<AbsenceCause, string>

export const accountKindLabels = {
  CARD: '银行卡',
  PASSBOOK: '存折',
  OTHER: '其他账户',
} as const satisfies Record<AccountKind, string>

export const accountCheckResultLabels = {
  MATCHES: '户名与账号相符',
  NAME_MISMATCH: '户名与账号不符',
  NO_SUCH_ACCOUNT: '账号不存在',
  NOT_USABLE: '账户不能入账',
} as const satisfies Record<AccountCheckResult, string>

export const holdReasonLabels = {
  INSTRUCTION_DIFFERS: '发放指令与编制记录不一致',
  LINE_DIFFERS: '发放明细与编制记录不一致',
  DECISION_DIFFERS: '编制内容与确认决定不一致',
  ASSESSMENT_DIFFERS: '签署的核算结果与确认决定不一致',
  BENEFIT_DIFFERS: '在享待遇与确认决定不一致',
  ACCOUNT_DIFFERS: '收款账户与登记时不一致',
  RELEASE_DIFFERS: '发放内容与复核放款时不一致',
} as const satisfies Record<HoldReason, string>

export const staffProposalKindLabels = {
  GIVE_POST: '安排到岗',
  END_POST: '结束在岗',
  DISABLE_OFFICER: '停用账号',
  ENABLE_OFFICER: '恢复账号',
  RECORD_IDENTITY: '登记身份',
  NEW_OFFICER: '新建账号',
  NEW_FIRST_PASSWORD: '重发初始密码',
  RESET_PASSWORD: '重置密码',
} as const satisfies Record<StaffProposalKind, string>

export const dutyFamilyLabels = {
  CASE_WORK: '业务办理',
  FINANCE: '资金发放',
  OVERSIGHT: '监督审计',
  ADMINISTRATION: '系统管理',
} as const satisfies Record<DutyFamily, string>

export const alarmKindLabels = {
  POST_VACANT: '岗位空缺',
  NOBODY_MAY_ACT: '环节无人可办',
  NOBODY_MAY_SEE: '督办事项无人可阅',
  NO_OFFICE: '辖区调整后没有机关办理',
  SET_ASIDE: '有内容被搁置待查',
  DUTY_STUCK: '对外办理受阻',
  PROCEDURE_STUCK: '流程停滞',
  REPLACING_STOPPED: '流程自动恢复已停止',
  ACT_FAILED: '办理出错',
  PAYMENT_HELD: '暂停发放',
  SEAL_OVERDUE: '封存逾期',
} as const satisfies Record<AlarmKind, string>

export const setAsideSourceLabels = {
  MATCHING_CENTRE: '核对中心',
  BANK: '银行',
  COUNTER: '办理请求',
} as const satisfies Record<SetAsideSource, string>

export const setAsideReasonLabels = {
  NOT_UNDERSTOOD: '未能识别',
  NUMBER_UNKNOWN: '编号不明',
  PERSON_NOT_ASKED: '所涉人员不在核对名单内',
  DATE_NOT_POSSIBLE: '日期不合情理',
  NOT_STORABLE: '含有无法保存的内容',
  FAILED: '登记时出错',
} as const satisfies Record<SetAsideReason, string>

export const askedStandingLabels = {
  ANSWERED: '已反馈',
  IN_DOUBT: '反馈有疑（情况不明）',
  NO_ANSWER: '无法反馈（情况不明）',
  PENDING: '待反馈（情况不明）',
} as const satisfies Record<AskedStanding, string>

/** In the place of a name, for whoever has to keep away from the case. */
export const recusedLabel = '（应回避）'

export const lookKindLabels = {
  SIGN_IN: '登录',
  SIGN_OUT: '退出登录',
  READ_CASE: '查看案件',
  OPEN_PAPER: '查看材料',
  HAND_IN_FILE: '上传申请材料',
  SEE_FULL_NUMBER: '查看完整号码',
  TRY_ASSESSMENT: '试算',
  LIST_CASES: '查看案件清单',
  SEARCH_CASES: '查找案件',
  EXPORT: '导出',
  READ_STAFF: '查看人员与岗位',
  READ_HAND_OVER: '查看移交清单',
  READ_SET_ASIDE: '查看搁置内容',
  CLOSE_SET_ASIDE: '搁置内容查看完毕',
  SEARCH_AUDIT: '查询审计',
  VERIFY_AUDIT: '核验审计',
  TAKE_SEAL: '封存',
  MOVE_CLOCK: '调整培训时钟',
  ASK_OTHER_COUNTIES: '向外县（区）核对重复救助',
} as const satisfies Record<LookKind, string>

export const auditResultLabels = {
  FILED: '已入卷',
  DONE: '已办',
  REFUSED: '未准许',
} as const satisfies Record<AuditResult, string>

export const auditSourceLabels = { ACT: '办理', LOOK: '查阅' } as const satisfies Record<AuditSource, string>
