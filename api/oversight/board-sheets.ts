import type { CellObject, Row, Sheet } from 'write-excel-file/node'
import { getCellAddress } from 'write-excel-file/utility'
import { roleLabels } from '../../domain/labels.ts'
import { stageLabels } from '../../domain/procedures/words.ts'
import { limitLabels } from '../../domain/matter/limit-keys.ts'
import { dueStandingLabels } from '../../domain/supervision/due-standing.ts'
import { type Instant, instant, plainDate } from '../../domain/time/plain-date.ts'
import type { BoardCase, BoardExportQuery } from './board-contract.ts'
import type { Asker } from '../http/identity.ts'
import { localTime } from '../http/local-time.ts'

/** What the first sheet of an export tells: who took what out, when and what for. */
export type ExportAbout = {
  exportId: string
  asker: Pick<Asker, 'name' | 'staffNumber' | 'role'>
  officeName: string
  at: Instant
  placeName: string
  query: BoardExportQuery
  assigneeName: string | null
}

type Value = string | number | Date | null
type Column = { title: string; width: number; value: (row: BoardCase) => Value; format?: string }

const dayFormat = 'yyyy-mm-dd'
const momentFormat = 'yyyy-mm-dd hh:mm'

/** As the list on the screen, from left to right. */
const columns: readonly Column[] = [
  { title: '案件编号', width: 22, value: ({ matterNumber }) => matterNumber },
  { title: '申请人', width: 12, value: ({ title }) => title },
  { title: '乡镇（街道）', width: 18, value: ({ townshipName }) => townshipName },
  { title: '村（社区）', width: 18, value: ({ placeName }) => placeName },
  { title: '环节', width: 18, value: ({ stageLabel }) => stageLabel },
  { title: '到期状态', width: 20, value: ({ statusLabel }) => statusLabel },
  { title: '最近到期的时限', width: 20, value: ({ limitLabel }) => limitLabel },
  { title: '到期日', width: 12, format: dayFormat, value: ({ dueOn }) => (dueOn === null ? null : sheetDay(dueOn)) },
  { title: '到期日待放假通知确认', width: 12, value: ({ provisional }) => yesOrNo(provisional) },
  { title: '剩余工作日', width: 12, value: ({ remainingWorkingDays }) => remainingWorkingDays },
  { title: '本环节已历工作日', width: 12, value: ({ ageWorkingDays }) => ageWorkingDays },
  { title: '承办单位用时', width: 12, value: ({ chargedDays }) => chargedDays?.OFFICE ?? null },
  { title: '等待申请家庭', width: 12, value: ({ chargedDays }) => chargedDays?.HOUSEHOLD ?? null },
  { title: '等待核对机构', width: 12, value: ({ chargedDays }) => chargedDays?.MATCHING_CENTRE ?? null },
  { title: '等待其他部门', width: 12, value: ({ chargedDays }) => chargedDays?.OTHER_OFFICE ?? null },
  { title: '暂停计时', width: 12, value: ({ chargedDays }) => chargedDays?.PAUSED ?? null },
  { title: '承办单位', width: 24, value: ({ holders }) => listed(holders.map(({ officeName }) => officeName)) },
  { title: '承办岗位', width: 24, value: ({ holders }) => listed(holders.map(({ roleLabel }) => roleLabel)) },
  { title: '岗位人员', width: 30, value: ({ holders }) => listed(holders.map(peopleOf)) },
  {
    title: '指定经办人',
    width: 14,
    value: ({ holders }) => listed(holders.flatMap(({ assigneeName }) => assigneeName ?? [])),
  },
  { title: '督办进度', width: 10, value: ({ rungLabel }) => rungLabel },
  { title: '最近签收人', width: 12, value: ({ lastReceipt }) => lastReceipt?.seenByName ?? null },
  {
    title: '签收时间',
    width: 18,
    format: momentFormat,
    value: ({ lastReceipt }) => (lastReceipt === null ? null : sheetMoment(instant(lastReceipt.seenAt))),
  },
  { title: '督办单未办结', width: 12, value: ({ orderOpen }) => yesOrNo(orderOpen) },
]

/** The cells of the sheet of cases that its filter covers. */

export function filteredCells(rows: number): string {
  return `A1:${getCellAddress(rows, columns.length - 1)}`
}

/** An export as two sheets: 说明, which goes with the file wherever it goes, and the cases. Nothing identifies by number. */
export function boardSheets(about: ExportAbout, rows: readonly BoardCase[]): Sheet<Buffer>[] {
  return [
    { sheet: '说明', columns: [{ width: 16 }, { width: 80 }], data: aboutRows(about, rows.length) },
    {
      sheet: '案件',
      stickyRowsCount: 1,
      columns: columns.map(({ width }) => ({ width })),
      data: [
        columns.map(({ title }) => heading(title)),
        ...rows.map((row) => columns.map(({ value, format }) => cell(value(row), format))),
      ],
    },
  ]
}

function aboutRows(
  { exportId, asker, officeName, at, placeName, query, assigneeName }: ExportAbout,
  rows: number,
): Row[] {
  const told: [string, Value, string?][] = [
    ['导出内容', '超期预警案件清单'],
    ['导出编号', exportId],
    ['导出人', `${asker.name}（工号${asker.staffNumber}）`],
    ['单位和岗位', `${officeName}，${roleLabels[asker.role]}`],
    ['导出时间', sheetMoment(at), momentFormat],
    ['导出用途', query.purpose],
    ['地区', placeName],
    ['筛选条件', filterInWords(query, assigneeName)],
    ['行数', rows],
    ['填写说明', '剩余工作日为负数的，是到期后已经过的工作日数；各方用时按该时限的计时单位计算。'],
    ['使用要求', '本表不含身份证号码和银行账号，仅限用于上列用途，不得转发或者公开。'],
  ]
  return told.map(([name, value, format]) => [heading(name), cell(value, format)])
}

function filterInWords({ stage, status, dueIn, limit }: BoardExportQuery, assigneeName: string | null): string {
  const parts = [
    ...(stage === undefined ? [] : [`环节：${stageLabels[stage]}`]),
    ...(status === undefined ? [] : [`到期状态：${dueStandingLabels[status]}`]),
    ...(dueIn === undefined ? [] : [`${dueIn}个工作日内到期`]),
    ...(limit === undefined ? [] : [`时限：${limitLabels[limit]}`]),
    ...(assigneeName === null ? [] : [`指定经办人：${assigneeName}`]),
  ]
  return parts.length === 0 ? '全部未办结案件' : parts.join('；')
}

function peopleOf({ people }: BoardCase['holders'][number]): string {
  return people
    .map(({ name, standsInForName, away }) =>
      standsInForName === null ? `${name}${away ? '（不在岗）' : ''}` : `${name}（代${standsInForName}）`,
    )
    .join('、')
}

function listed(parts: readonly string[]): string | null {
  return parts.length === 0 ? null : parts.join('；')
}

function yesOrNo(value: boolean): string {
  return value ? '是' : '否'
}

function heading(value: string): CellObject {
  return { type: String, value, fontWeight: 'bold' }
}

/** Text stays text whatever it begins with: as a cell of type String it is never read as a formula. */
function cell(value: Value, format?: string): CellObject | null {
  if (value === null) return null
  if (value instanceof Date) return { type: Date, value, format: format ?? momentFormat, align: 'left' }
  return typeof value === 'number' ? { type: Number, value } : { type: String, value: printable(value) }
}

/** A sheet knows no zones: it gets the clock of Asia/Shanghai, so that a day stays the day that people read. */
function sheetMoment(at: Instant): Date {
  return new Date(`${localTime(at).replace(' ', 'T')}Z`)
}

function sheetDay(day: string): Date {
  return new Date(`${plainDate(day)}T00:00Z`)
}

/** A control character would make the file one that Excel refuses to open. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ')
}
