import { levelLabels, officeKindLabels, residenceKindLabels, roleLabels } from '../../domain/labels.ts'
import { dateChoices, parameterKeys, parameterLabels } from '../../domain/policy/parameters.ts'
import {
  identityNumber,
  lineText,
  personName,
  placeCode,
  plainDate,
  recordId,
  staffNumber,
} from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'

/** A value of the vocabulary by what it is called, as a workbook of the staff says it; the word itself is taken, too. */
function named<Word extends string>(labels: Readonly<Record<Word, string>>) {
  const byLabel = new Map<string, Word>(
    (Object.entries(labels) as [Word, string][]).flatMap(([word, label]) => [
      [label, word],
      [word, word],
    ]),
  )
  const choices = Object.values<string>(labels).join('、')
  return z.string().transform((text, context): Word => {
    const word = byLabel.get(text)
    if (word !== undefined) return word
    context.addIssue({ code: 'custom', message: `请填写：${choices}。` })
    return z.NEVER
  })
}

const keyOfParameter = named(
  Object.fromEntries(parameterKeys.map((key) => [key, parameterLabels[key]])) as Record<
    (typeof parameterKeys)[number],
    string
  >,
)
const dateChoiceLabels = {
  APPLICATION: '申请日',
  ACCEPTANCE: '受理日',
  DECISION: '决定日',
  MONTH_PAID: '发放月份',
} as const satisfies Record<(typeof dateChoices)[number], string>

/** What a cell says that is a number, a list or a group of values; words need no quotation marks. */
const valueOfParameter = z.string().transform((text): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
})

/** The sheets of the workbook by which a county is brought up: columns by their titles, each with what it may hold. */
export const sheets = {
  地方: z.strictObject({
    编号: recordId,
    上级编号: recordId.optional(),
    层级: named(levelLabels),
    名称: lineText(50),
    区划代码: placeCode.optional(),
    城乡: named(residenceKindLabels).optional(),
    起始日期: plainDate,
  }),
  机关: z.strictObject({
    编号: recordId,
    种类: named(officeKindLabels),
    层级: named(levelLabels),
    名称: lineText(100),
    所在地方编号: recordId,
  }),
  辖区: z.strictObject({ 机关编号: recordId, 地方编号: recordId, 起始日期: plainDate, 截止日期: plainDate.optional() }),
  岗位: z.strictObject({ 编号: recordId, 机关编号: recordId, 角色: named(roleLabels), 名称: lineText(50) }),
  人员: z.strictObject({
    工号: staffNumber,
    姓名: personName,
    身份证号码: identityNumber,
    岗位编号: recordId,
    起始日期: plainDate,
  }),
  常设代班: z.strictObject({
    岗位编号: recordId,
    人员工号: staffNumber,
    代班人员工号: staffNumber,
    起始日期: plainDate,
  }),
  标准和时限: z.strictObject({
    地方编号: recordId,
    项目: keyOfParameter,
    城乡: named(residenceKindLabels).optional(),
    值: valueOfParameter,
    施行日期: plainDate,
    文件依据: lineText(200),
    适用日期: named(dateChoiceLabels),
  }),
} as const

export type SheetName = keyof typeof sheets
export type RowOf<Name extends SheetName> = z.output<(typeof sheets)[Name]>

/** A line of the workbook with the number that Excel shows for it. */
export type Line<Name extends SheetName> = { at: { sheet: Name; row: number }; value: RowOf<Name> }
export type Lines = { [Name in SheetName]: Line<Name>[] }

/** What is wrong, and where. */
export type WorkbookFault = { sheet: string; row: number; message: string }
