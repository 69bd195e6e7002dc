import readExcelFile, { type CellValue } from 'read-excel-file/node'
import writeExcelFile from 'write-excel-file/node'
import { type Lines, type SheetName, sheets, type WorkbookFault } from './sheets.ts'

const names = Object.keys(sheets) as SheetName[]

/** An empty workbook with every sheet and its titles. */
export async function writeTemplate(file: string): Promise<void> {
  const pages = names.map((sheet) => ({
    sheet,
    data: [Object.keys(sheets[sheet].shape).map((value) => ({ value, fontWeight: 'bold' as const }))],
    columns: Object.keys(sheets[sheet].shape).map(() => ({ width: 24 })),
    stickyRowsCount: 1,
  }))
  await writeExcelFile(pages).toFile(file)
}

/** Reads every sheet, row by row. All faults are told; a sheet that is left out holds nothing. */
export async function readWorkbook(file: string): Promise<{ lines: Lines; faults: WorkbookFault[] }> {
  const pages = new Map((await readExcelFile(file)).map(({ sheet, data }) => [sheet, data]))
  const faults: WorkbookFault[] = [...pages.keys()]
    .filter((sheet) => !names.includes(sheet as SheetName))
    .map((sheet) => ({ sheet, row: 1, message: `没有这个工作表：应为${names.join('、')}。` }))
  const lines = Object.fromEntries(
    names.map((sheet) => [sheet, linesOf(sheet, pages.get(sheet) ?? [], faults)]),
  ) as unknown as Lines
  return { lines, faults }
}

function linesOf(sheet: SheetName, data: readonly (CellValue | null)[][], faults: WorkbookFault[]) {
  const [titles = [], ...rows] = data
  const known = Object.keys(sheets[sheet].shape)
  const columns = titles.map((title) => textOf(title) ?? '')
  for (const title of columns.filter((one) => one !== '' && !known.includes(one)))
    faults.push({ sheet, row: 1, message: `没有“${title}”这一列：应为${known.join('、')}。` })
  return rows.flatMap((cells, index) => {
    const row = index + 2
    const filled = columns.flatMap((title, column) => {
      const text = textOf(cells[column] ?? null)
      return text === undefined || !known.includes(title) ? [] : [[title, text] as const]
    })
    if (filled.length === 0) return []
    const read = sheets[sheet].safeParse(Object.fromEntries(filled))
    if (read.success) return [{ at: { sheet, row }, value: read.data }]
    for (const { path, message } of read.error.issues)
      faults.push({ sheet, row, message: `${path.join('')}：${message}` })
    return []
  })
}

/** A cell as it was meant: codes that became numbers, dates, full-width letters and digits, and spaces around. */
function textOf(cell: CellValue | null): string | undefined {
  if (cell === null) return undefined
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  const text = String(cell)
    .replaceAll(/[０-９Ａ-Ｚａ-ｚ]/gu, (wide) => wide.normalize('NFKC'))
    .trim()
  return text === '' ? undefined : text
}
