import { bankAccountFaultSentences, readBankAccountNumber } from '../household/bank-account.ts'
import { identityNumberFaultSentences, readIdentityNumber } from '../household/identity-number.ts'
import { mobileNumberFaultSentence, readMobileNumber } from '../household/mobile-number.ts'
import { fen } from '../money.ts'
import {
  type Instant,
  instant,
  isPlainDate,
  isPlainMonth,
  type PlainDate,
  type PlainMonth,
} from '../time/plain-date.ts'
import { z } from './zod.ts'

const longestName = 50

/** A person's name, rare characters and the dot of minority names included; counted in characters, not UTF-16 units. */
export const personName = z
  .string()
  .trim()
  .refine((name) => name !== '', '请填写姓名。')
  .refine((name) => Array.from(name).length <= longestName, `姓名不超过${longestName}个字。`)
  .refine((name) => /^[\p{Script=Han}\p{L}·•.’' -]*$/u.test(name), '姓名只能包含文字和间隔号。')
  .meta({ id: 'PersonName', example: '李秀英' })

/** A citizen's identity number; `x` is raised. That the birthday is not to come is checked where a day is known. */
export const identityNumber = z
  .string()
  .transform((text, context) => {
    const read = readIdentityNumber(text)
    if ('number' in read) return read.number
    context.addIssue({ code: 'custom', message: identityNumberFaultSentences[read.fault] })
    return z.NEVER
  })
  .meta({ id: 'IdentityNumber', example: '11010519491231002X' })

/** The number of a bank card; spaces are cut. */
export const bankAccountNumber = z
  .string()
  .transform((text, context) => {
    const read = readBankAccountNumber(text)
    if ('number' in read) return read.number
    context.addIssue({ code: 'custom', message: bankAccountFaultSentences[read.fault] })
    return z.NEVER
  })
  .meta({ id: 'BankAccountNumber', example: '6222021234567890128' })

/** A mainland mobile number; spaces, hyphens and +86 are cut. */
export const mobile = z
  .string()
  .transform((text, context) => {
    const number = readMobileNumber(text)
    if (number !== undefined) return number
    context.addIssue({ code: 'custom', message: mobileNumberFaultSentence })
    return z.NEVER
  })
  .meta({ id: 'MobileNumber', example: '13800138000' })

/** Fen, zero or above. */
export const fenAmount = z
  .number()
  .int('金额应为整数（单位：分）。')
  .nonnegative('金额不能为负数。')
  .transform(fen)
  .meta({ id: 'Fen', description: 'Whole fen; 100 fen are one yuan.', example: 68000 })

/** A day in Asia/Shanghai. */
export const plainDate = z
  .string()
  .refine(isPlainDate, '日期应为真实存在的日期，格式：YYYY-MM-DD。')
  .transform((text) => text as PlainDate)
  .meta({ id: 'PlainDate', example: '2026-07-01' })

/** A calendar month. */
export const plainMonth = z
  .string()
  .refine(isPlainMonth, '月份格式应为：YYYY-MM。')
  .transform((text) => text as PlainMonth)
  .meta({ id: 'PlainMonth', example: '2026-07' })

/** A moment with its zone; answered in UTC. */
export const instantText = z
  .string()
  .transform((text, context): Instant => {
    try {
      return instant(text)
    } catch {
      context.addIssue({ code: 'custom', message: '时间应带时区，例如2026-07-01T09:00:00+08:00。' })
      return z.NEVER
    }
  })
  .meta({ id: 'Instant', example: '2026-07-01T01:00:00.000Z' })

/** Free words of a person, kept short; empty after trimming is refused. */
export const remarkText = z.string().trim().min(1, '内容不能为空。').max(2000, '内容不超过2000字。')
