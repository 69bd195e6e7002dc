import { isGrpcServiceError } from '@temporalio/client'
import { type RefusalCode, refusals, sentenceOf } from '../../domain/procedures/refusals.ts'
import { type Refusal, refuse } from '../../domain/matter/refusals.ts'
import { ParameterMissing } from '../../domain/policy/parameters-in-force.ts'
import { type StaffRefusalCode, StaffRefused, staffRefusals } from '../../domain/staff/staff-refusals.ts'
import { CaseUnknown } from '../../prisma/stores/matter/locked-matter.ts'
import { Recused } from '../../prisma/stores/matter/recusals.ts'
import { isArchiveUnavailable } from '../../prisma/unavailable.ts'
import { EngineUnavailable, NeedsAPerson } from '../matters/matter-client.ts'
import type { Fault, Problem } from './nouns.ts'

/** The status of every refusal of the rule book: 403 authority, 404 not there, 409 where the case stands, 422 content. */
export const statusOfRefusal = {
  notPermittedAtThisStage: 409,
  notYourRole: 403,
  outsideYourArea: 404,
  postNotHeld: 403,
  otherCapacityInThisCase: 403,
  ownCase: 403,
  relativeOfHousehold: 403,
  caseChangedSinceSeen: 409,
  occurredInTheFuture: 422,
  occurredBeforeLastStep: 422,
  paperMissing: 422,
  twoInvestigatorsNeeded: 422,
  investigatorNotOfTownship: 422,
  surveyNotBegun: 409,
  surveyAlreadyBegun: 409,
  investigatorGone: 409,
  noSignatureOwed: 403,
  matchingUnanswered: 422,
  matchingExpired: 409,
  matchingUnderway: 409,
  civilStatusOpen: 409,
  civilStatusNotOpen: 409,
  identityToBeMended: 422,
  statusDayNotPossible: 422,
  applicantGone: 422,
  accountShared: 409,
  accountExplained: 409,
  countyVisitMissing: 409,
  countyVisited: 409,
  relativeNotMarked: 409,
  keeperAgreementMissing: 422,
  payeeDeceased: 422,
  payeeNotGone: 409,
  assessmentOutdated: 409,
  assessmentForAnotherDay: 409,
  assessmentNotFavourable: 422,
  categoryMissing: 422,
  opinionMissing: 409,
  noticeAlreadyPosted: 409,
  noticeNotHeld: 409,
  returnTargetNotEarlier: 422,
  mendingListMissing: 422,
  reasonsMissing: 422,
  reasonsNotBorneOut: 422,
  extensionCauseMissing: 422,
  alreadyExtended: 409,
  totalRunOut: 422,
  alreadyAccepted: 409,
  memberInAnotherOpenCase: 409,
  memberAlreadyInBenefit: 409,
  memberInCaseOfOtherCounty: 409,
  memberInBenefitOfOtherCounty: 409,
  paymentMonthNotReached: 409,
  accountNotInQuestion: 409,
  paymentNotPrepared: 409,
  paymentAlreadyPrepared: 409,
  paymentUnderway: 409,
  sameFinanceOfficer: 403,
  notWaiting: 409,
  alreadyWaiting: 409,
  waitingDayNotPossible: 422,
  alreadyMarked: 409,
  notOnThisDesk: 409,
  notYourOffice: 403,
  assigneeMayNotAct: 422,
  alreadyAssigned: 409,
  limitNotRunning: 409,
  orderOpen: 409,
  noOrderOpen: 409,
  orderFromAbove: 403,
  ownAnswer: 403,
  orderAnswered: 409,
  accountAwaitsAgreement: 409,
  noAccountToAgree: 409,
  accountChangedSinceSeen: 409,
  sameAccountOfficer: 403,
  accountNotChecked: 409,
  accountNotMatched: 422,
  accountNotSeen: 422,
  paymentChangedSinceSeen: 409,
  paymentDiffers: 409,
  addresseeHoldsNothing: 422,
  notTheAddressee: 403,
  notInBulk: 422,
  singledOut: 422,
  notAlike: 409,
  contentNotStorable: 422,
  caseClosed: 409,
  caseUnknown: 404,
} as const satisfies Record<RefusalCode, number>

/** The same for changes of who works where. */
export const statusOfStaffRefusal = {
  staffNotThere: 404,
  notYoursToArrange: 403,
  officerNotOnPost: 422,
  lastDayBeforeFirst: 422,
  absencePast: 422,
  absenceOverlaps: 409,
  standInIsAbsentee: 422,
  standInNotOfOffice: 422,
  standInAway: 422,
  standInNamesThemselves: 403,
  otherFamilyOfDuties: 422,
  identityNotRecorded: 422,
  gainerSigns: 403,
  secondIsFirst: 403,
  noStandInNamed: 409,
  deputyOver: 409,
  deputyOverlaps: 409,
  proposalNeeded: 409,
  proposalDone: 409,
  proposalWithdrawn: 409,
  proposalExpired: 409,
  proposerGone: 409,
  lastAdministrator: 409,
  identityTaken: 409,
  staffNumberTaken: 409,
  ownNewAccount: 403,
  passwordAlreadyChosen: 409,
  passwordNotYetChosen: 409,
  notToOneself: 403,
  successorNotAppointed: 409,
  absenceOver: 409,
  backOnNotPossible: 422,
  lastDayPast: 422,
  takerIsGiver: 422,
  takerNotAvailable: 422,
  handOverOpen: 409,
  notTheGiver: 403,
  notTheTaker: 403,
  notTheOpener: 403,
  listChangedSinceSeen: 409,
  listNotTheFrozenOne: 409,
  handOverNotGiven: 409,
  handOverTaken: 409,
  handOverCancelled: 409,
  alreadyOnPost: 409,
  officerNotAvailable: 422,
  holdingBeginsInThePast: 422,
  holdingEndsTooEarly: 422,
  notOwnAccount: 403,
  passwordChangedMeanwhile: 409,
  alreadyDisabled: 409,
  notDisabled: 409,
} as const satisfies Record<StaffRefusalCode, number>

/** What can be wrong before a rule is asked: the counter's own faults. */
const faultsOfTheCounter = {
  inputNotValid: [400, '填写内容有误', '提交的内容有误，请按提示逐项更正后重新提交。'],
  bodyNotJson: [400, '内容无法读取', '提交的内容不是有效的JSON。'],
  bodyBeyondMeasure: [400, '内容无法读取', '提交的内容嵌套过深或者项数过多，请减少后重新提交。'],
  bodyEncoded: [415, '格式不支持', '不接收压缩过的内容，请直接提交。'],
  bodyTooSlow: [408, '提交超时', '提交的内容未在规定时间内传完，请检查网络后重新提交。'],
  bodyTooLarge: [413, '内容过大', '提交的内容超过大小限制。'],
  mediaTypeNotAccepted: [415, '格式不支持', '不支持该内容类型。'],
  requestIdMissing: [400, '缺少请求编号', '办理请求须带有请求编号（Request-Id，8至64位字母、数字、下划线或连字符）。'],
  requestIdReused: [409, '请求编号重复', '该请求编号已用于另一内容的请求，请使用新的请求编号。'],
  notSignedIn: [401, '未登录', '请先登录；登录可能已超时或已失效。'],
  signInRefused: [401, '登录失败', '工号或密码不正确。'],
  tooManyAttempts: [
    429,
    '尝试过多',
    '登录尝试次数过多，请稍后再试，或者在登录过的设备上登录；急需登录的，请联系系统管理员解除限制。',
  ],
  passwordChangeDue: [403, '请先修改密码', '初始密码仅供首次登录，请先修改密码，再办理其他事项。'],
  oldPasswordWrong: [403, '原密码不正确', '原密码不正确，密码没有修改。'],
  tooManyRequests: [429, '请求过多', '请求过于频繁，请稍后再试。'],
  crossSite: [403, '来源不被允许', '请求来自其他网站，已被拒绝。'],
  callbackRefused: [401, '回调未通过验证', '回调的签名或内容未通过验证。'],
  notFound: [404, '没有找到', '没有找到所请求的内容。'],
  placeUnknown: [404, '没有找到', '没有找到该地区。'],
  forecastMissing: [404, '没有预报', '该日没有作时限预报，请选择作过预报的日期。'],
  calendarYearUnknown: [404, '没有该年日历', '没有该年的放假安排和节日日期，请选择其他年份。'],
  periodNotBegun: [409, '期间未到', '该期间尚未开始，没有可统计的情况，请选择已开始的期间。'],
  paperUnknown: [404, '没有找到', '没有找到该材料。'],
  fileNotAccepted: [422, '文件不能接收', '只接收JPEG、PNG图片和PDF文件，且文件内容须与所标类型一致。'],
  fileEmpty: [422, '文件是空的', '文件中没有内容，请检查后重新选择。'],
  applicationSent: [409, '申请已提交', '该申请已经提交，请在案件中上传材料。'],
  tooManyFiles: [422, '材料过多', '一份申请最多随附50份材料，请合并后上传。'],
  fileBroken: [422, '文件不完整', '文件已损坏或者没有传完，请打开核对后重新上传。'],
  fileTooLarge: [413, '文件过大', '单个文件不能超过10兆字节（MB），请压缩或者分开上传。'],
  headerNotReadable: [400, '内容无法读取', '文件名或者材料名称的编码有误，请按网址编码（percent-encoding）填写。'],
  parameterMissing: [409, '缺少当地参数', '本地尚未录入办理所需的标准或参数，请联系县级民政部门补录。'],
  setUpIncomplete: [
    409,
    '设置不完整',
    '办理本案所需的参数或机构设置缺失，本次办理未生效，请联系系统管理员补充后重新提交。',
  ],
  accountMissing: [409, '缺少发放账户', '本案没有可用的发放账户，请随补正一并提交申请。'],
  tooManyRows: [
    422,
    '导出内容过多',
    '符合条件的案件超过一次可导出的行数，请缩小筛选范围（如选择下级地区、环节或者到期状态）后再导出。',
  ],
  clockNotMovable: [409, '时钟不能拨动', '训练时钟目前不能按要求拨动，请核对目标时间。'],
  tryAgain: [503, '暂时无法办理', '系统暂时无法完成办理，所提交的内容不会丢失，请稍后以同一请求编号重新提交。'],
  unexpected: [500, '系统出错', '系统出现意外错误，已记录；请稍后重试或联系管理员。'],
} as const satisfies Record<string, readonly [status: number, title: string, detail: string]>

export type CounterFault = keyof typeof faultsOfTheCounter

type Extra = { faults?: Fault[]; facts?: Record<string, unknown>; retryAfterSeconds?: number; cause?: unknown }

/** An answer that is not what was asked for, said to a person. Thrown anywhere at the counter, written in one place. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: Problem
  readonly retryAfterSeconds: number | undefined

  constructor(problem: Problem, { retryAfterSeconds, cause }: Pick<Extra, 'retryAfterSeconds' | 'cause'> = {}) {
    super(problem.code, { cause })
    this.problem = problem
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** A fault of the counter's own list. */
export function fault(code: CounterFault, extra: Extra = {}): ProblemError {
  const [status, title, detail] = faultsOfTheCounter[code]
  const { faults, facts } = extra
  const problem = { type: typeOf(code), title, status, code, detail }
  return new ProblemError({ ...problem, ...(faults ? { faults } : {}), ...(facts ? { facts } : {}) }, extra)
}

/** As many faults as a person reads at once; the rest is told when these are mended. */
export const mostFaults = 50
const longestMessage = 300
const longestStep = 100
const deepestPath = 10

/** Everything wrong with an input, at once; small however much was sent. */
export function inputFault(faults: readonly Fault[]): ProblemError {
  return fault('inputNotValid', { faults: faults.slice(0, mostFaults).map(shortened) })
}

function shortened({ path, message }: Fault): Fault {
  const steps = path.slice(0, deepestPath)
  return {
    path: steps.map((step) => (typeof step === 'string' ? step.slice(0, longestStep) : step)),
    message: message.slice(0, longestMessage),
  }
}

/** A refusal of the rule book, as the person is told. */
export function refusal(refused: Refusal): ProblemError {
  const { code, detail } = refused
  const status = statusOfRefusal[code as RefusalCode]
  // Not yours is answered as not there: a reason of its own would say that it is.
  if (status === 404) return caseNotThere()
  const problem = { type: typeOf(code), title: '未予办理', status, code, detail: sentenceOf(refused) }
  return new ProblemError({ ...problem, ...(detail ? { facts: detail } : {}) })
}

/** A change of who works where that was refused, as the person is told. */
function staffRefusal({ code, detail }: StaffRefused): ProblemError {
  const status = statusOfStaffRefusal[code]
  if (status === 404) return fault('notFound')
  const problem = { type: typeOf(code), title: '未予办理', status, code, detail: staffRefusals[code] }
  return new ProblemError({ ...problem, ...(detail ? { facts: detail } : {}) })
}

/** The one answer for a case that does not exist, is not yours, or was never submitted. */
export function caseNotThere(): ProblemError {
  const code = 'caseUnknown'
  return new ProblemError({ type: typeOf(code), title: '没有找到', status: 404, code, detail: refusals[code] })
}

/** Whatever was thrown, as the answer it becomes. */
export function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  if (error instanceof CaseUnknown) return caseNotThere()
  if (error instanceof Recused) return refusal(refuse(error.code))
  if (error instanceof StaffRefused) return staffRefusal(error)
  if (error instanceof NeedsAPerson)
    return fault('setUpIncomplete', { facts: { missing: error.message }, cause: error })
  if (error instanceof ParameterMissing) return fault('parameterMissing', { facts: { key: error.key } })
  if (error instanceof EngineUnavailable || isGrpcServiceError(error) || isArchiveUnavailable(error)) {
    return fault('tryAgain', { retryAfterSeconds: 5, cause: error })
  }
  return problemOfBodyParser(error) ?? fault('unexpected', { cause: error })
}

function problemOfBodyParser(error: unknown): ProblemError | undefined {
  switch ((error as { type?: unknown } | null)?.type) {
    case 'request.aborted':
    case 'request.size.invalid':
      return fault('bodyNotJson')
    case 'entity.too.large':
      return fault('bodyTooLarge')
    case 'encoding.unsupported':
      return fault('bodyEncoded')
    case 'charset.unsupported':
      return fault('mediaTypeNotAccepted')
    default:
      return error instanceof URIError ? fault('notFound') : undefined
  }
}

function typeOf(code: string): string {
  return `urn:jiuzhu:problem:${code}`
}
