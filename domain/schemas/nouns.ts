import { hasInvisible } from '../household/comparable-name.ts'
import { bankAccountFaultSentences, readBankAccountNumber } from '../household/bank-account.ts'
import { identityNumberFaultSentences, readDocumentNumber, readIdentityNumber } from '../household/identity-number.ts'
import { mobileNumberFaultSentence, readMobileNumber } from '../household/mobile-number.ts'
import { fen, mostFen } from '../money.ts'
import { isReportingPeriod, reportingPeriod } from '../supervision/reporting-period.ts'
import { textFaultSentence, textPatterns } from '../text.ts'
import {
  type Instant,
  instant,
  isDayTaken,
  isInstantTaken,
  isPlainMonth,
  type PlainDate,
  type PlainMonth,
} from '../time/plain-date.ts'
import { z } from './zod.ts'

// Every border reads by these: counter, callbacks, imports. What they let in, the archive can keep; a value that only
// the archive refuses would be met in the middle of a filing, where nobody can mend it.

/** Words on one line, outer spaces cut. */
export function lineText(most: number, { empty = '内容不能为空。', tooLong = `内容不超过${most}字。` } = {}) {
  return keepable(z.string(empty).trim().min(1, empty).max(most, tooLong), textPatterns.line)
}

/** Words that may have several lines, outer spaces cut. */
export function longText(most: number) {
  const text = z.string().trim().min(1, '内容不能为空。').max(most, `内容不超过${most}字。`)
  return keepable(text, textPatterns.longText)
}

function keepable(text: z.ZodString, characters: RegExp) {
  return text
    .regex(characters, { error: textFaultSentence, abort: true })
    .refine((value) => value.isWellFormed(), textFaultSentence)
}

/** Free words of a person, kept short; empty after trimming is refused. */
export const remarkText = longText(2000)

/** What an institution writes about a fact; it may say nothing. */
export const outsideText = keepable(z.string().max(2000), textPatterns.longText)

/** What is looked for: part of a name or of a number. */
export const searchTerm = lineText(50, { empty: '请填写要查找的内容。', tooLong: '查找内容不超过50字。' }).meta({
  id: 'SearchTerm',
  example: '李秀英',
})

/** The id of anything that we keep: of our own making, so that whatever looks otherwise names nothing. */
export const recordId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, '编号有误，请从列表中重新选择。')
  .meta({ id: 'Id', example: '3f9a0c5be27d41f0a6c8' })

/** A number by which an institution and we speak of one thing. */
export const outsideId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,128}$/, '编号只能由1至128位字母、数字、下划线和连字符组成。')
  .meta({ id: 'OutsideId', example: 'DIBAO-2026-11-1-3f9a0c_1' })

/** What a request names itself by. */
export const requestIdPattern = /^[A-Za-z0-9_-]{8,64}$/

/** Where the next page begins, as the last answer said; opaque. */
export const cursorText = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,400}$/, '翻页标记无效，请从第一页重新查询。')
  .meta({ id: 'Cursor' })

/** A SHA-256 digest as it was shown. */
export const digestText = z
  .string()
  .regex(/^[0-9a-f]{64}$/, '摘要有误，请重新打开后再提交。')
  .meta({ id: 'Digest', example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' })

/** The number of an officer, outer spaces cut. */
export const staffNumber = z
  .string()
  .trim()
  .min(1, '请填写工号。')
  .regex(/^[A-Za-z0-9._-]{0,64}$/, '工号只能由字母、数字、点、下划线和连字符组成，不超过64位。')
  .meta({ id: 'StaffNumber', example: 'qingyang-01' })

/** A password as it is typed, spaces included. */
export const passwordText = keepable(
  z.string().min(1, '请填写密码。').max(256, '密码不超过256位。'),
  textPatterns.line,
).meta({ id: 'Password' })

/** The version of a case that somebody saw. */
export const caseVersion = z
  .int('请提供查看时的案件版本。')
  .nonnegative('案件版本不能为负数。')
  .max(1_000_000, '案件版本有误，请刷新后重试。')

const longestName = 50

const dayPattern = /^(?:(?:19|20|21)\d{2}|2200)-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/
const dayFaultSentence = '日期应为1900年至2200年间真实存在的日期，格式：YYYY-MM-DD。'
const monthFaultSentence = '月份应在1900年至2200年之间，格式：YYYY-MM。'
const periodFaultSentence = '期间应在1900年至2200年之间，格式：YYYY-MM、YYYY-Q1至Q4、YYYY-H1或YYYY。'
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/
const instantFaultSentence = '时间应在1900年至2200年之间并带时区，例如2026-07-01T09:00:00+08:00。'

/** A person's name, rare characters and the dot of minority names included; counted in characters, not UTF-16 units. */
export const personName = z
  .string()
  .trim()
  .refine((name) => name !== '', '请填写姓名。')
  .refine((name) => Array.from(name).length <= longestName, `姓名不超过${longestName}个字。`)
  .refine((name) => !hasInvisible(name), { error: '姓名中有看不见的字符，请删除后重新填写。', abort: true })
  .refine((name) => /^[\p{Script=Han}\p{L}·•・‧･．.’' -]*$/u.test(name), '姓名只能包含文字和间隔号。')
  .meta({ id: 'PersonName', minLength: 1, example: '李秀英' })

/** A citizen's identity number; `x` is raised. That the birthday is not to come is checked where a day is known. */
export const identityNumber = z
  .string()
  .transform((text, context) => {
    const read = readIdentityNumber(text)
    if ('number' in read) return read.number
    context.addIssue({ code: 'custom', message: identityNumberFaultSentences[read.fault] })
    return z.NEVER
  })
  .meta({ id: 'IdentityNumber', pattern: '^[0-9]{17}[0-9Xx]$', example: '11010519491231002X' })

/** The number of the document by which a member of a household is known; letters are raised. */
export const documentNumber = z
  .string()
  .transform((text, context) => {
    const read = readDocumentNumber(text)
    if ('number' in read) return read.number
    context.addIssue({ code: 'custom', message: identityNumberFaultSentences[read.fault] })
    return z.NEVER
  })
  .meta({
    id: 'DocumentNumber',
    pattern: '^(?:[0-9]{17}[0-9Xx]|[A-Za-z]{3}[0-9]{12}|[A-Za-z][0-9]{9})$',
    example: '11010519491231002X',
  })

/** The number of an account of 8 to 32 digits; spaces are cut. */
export const bankAccountNumber = z
  .string()
  .transform((text, context) => {
    const read = readBankAccountNumber(text)
    if ('number' in read) return read.number
    context.addIssue({ code: 'custom', message: bankAccountFaultSentences[read.fault] })
    return z.NEVER
  })
  .meta({ id: 'BankAccountNumber', pattern: '^[0-9 ]{8,48}$', example: '6222021234567890128' })

/** A mainland mobile number; spaces, hyphens and +86 are cut. */
export const mobile = z
  .string()
  .transform((text, context) => {
    const number = readMobileNumber(text)
    if (number !== undefined) return number
    context.addIssue({ code: 'custom', message: mobileNumberFaultSentence })
    return z.NEVER
  })
  .meta({ id: 'MobileNumber', pattern: '^[0-9 +-]{11,20}$', example: '13800138000' })

/** The code of an administrative division: of a county, a township or a village. */
export const placeCode = z
  .string()
  .regex(/^\d{6}(?:\d{3}){0,2}$/, '户籍地代码应为6、9或12位数字。')
  .meta({ id: 'PlaceCode', example: '621002' })

/** Fen, zero or above, and no more than anybody has. */
export const fenAmount = z
  .number()
  .int('金额应为整数（单位：分）。')
  .nonnegative('金额不能为负数。')
  .max(mostFen, '金额不能超过100亿元，请核对单位（分）。')
  .transform(fen)
  .meta({ id: 'Fen', description: '金额，单位：分', example: 68000 })

/** What is said where amounts are possible singly but not together. */
export const fenInAllFaultSentence = '金额合计不能超过1000亿元，请核对单位（分）。'

/** A day in Asia/Shanghai, 1900 to 2200. */
export const plainDate = z
  .string()
  .regex(dayPattern, { error: dayFaultSentence, abort: true })
  .refine(isDayTaken, dayFaultSentence)
  .transform((text) => text as PlainDate)
  .meta({ id: 'PlainDate', example: '2026-07-01' })

/** A calendar month, 1900 to 2200. */
export const plainMonth = z
  .string()
  .regex(/^(?:19|20|21)\d{2}-\d{2}$|^2200-\d{2}$/, { error: monthFaultSentence, abort: true })
  .refine(isPlainMonth, monthFaultSentence)
  .transform((text) => text as PlainMonth)
  .meta({ id: 'PlainMonth', example: '2026-07' })

/** A year, 1900 to 2200, as a path names it. */
export const yearNumber = z
  .string()
  .regex(/^(?:19|20|21)\d{2}$|^2200$/, '年份应为1900至2200之间的四位数字。')
  .transform(Number)
  .meta({ id: 'Year', example: '2026' })

/** What figures are put together for: `2026-11`, `2026-Q4`, `2026-H1` or `2026`, 1900 to 2200. */
export const periodText = z
  .string()
  .regex(/^(?:(?:19|20|21)\d{2}|2200)(?:-(?:0[1-9]|1[0-2]|Q[1-4]|H1))?$/, { error: periodFaultSentence, abort: true })
  .refine(isReportingPeriod, periodFaultSentence)
  .transform(reportingPeriod)
  .meta({ id: 'Period', example: '2026-11' })

/** A moment with its zone, 1900 to 2200; answered in UTC. */
export const instantText = z
  .string()
  .regex(instantPattern, { error: instantFaultSentence, abort: true })
  .transform((text, context): Instant => {
    const at = readInstant(text)
    if (at !== undefined) return at
    context.addIssue({ code: 'custom', message: instantFaultSentence })
    return z.NEVER
  })
  .meta({ id: 'Instant', example: '2026-07-01T01:00:00.000Z' })

/** The same, kept as it was written: what institutions send stays as they sent it. */
export const instantAsSent = z
  .string()
  .regex(instantPattern, { error: instantFaultSentence, abort: true })
  .refine((text) => readInstant(text) !== undefined, instantFaultSentence)

function readInstant(text: string): Instant | undefined {
  try {
    const at = instant(text)
    return isInstantTaken(at) ? at : undefined
  } catch {
    return undefined
  }
}
