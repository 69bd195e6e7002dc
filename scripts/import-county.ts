import './plain-failure.ts'
import { parseArgs } from 'node:util'
import { loadConfig } from '../platform/config.ts'
import { createFieldCipher } from '../platform/field-cipher.ts'
import { openAsOwner } from '../prisma/client.ts'
import { importLines } from './county-workbook/import-lines.ts'
import { readWorkbook, writeTemplate } from './county-workbook/read-workbook.ts'
import type { WorkbookFault } from './county-workbook/sheets.ts'

// Brings a county up from one Excel workbook, as the owner of the archive: places, offices, areas, posts, people, deputies, and
// the standards and limits with their documents. All of it or nothing; a workbook that is put in again changes nothing.
//   npm run import-county -- --template county.xlsx    an empty one
//   npm run import-county -- county.xlsx --check       all that is wrong, and nothing is put in
//   npm run import-county -- county.xlsx
/** Thrown to undo what was tried. */
class Undone extends Error {}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { template: { type: 'string' }, check: { type: 'boolean', default: false } },
})
const [file] = positionals
if (values.template !== undefined) {
  await writeTemplate(values.template)
  console.log(`已写出样式 Written: ${values.template}`)
} else if (file === undefined)
  throw new Error('用法 Usage: npm run import-county -- <文件 file>.xlsx （--template 写出样式 writes an empty one）')
else await bringUp(file)

async function bringUp(from: string): Promise<void> {
  const { lines, faults } = await readWorkbook(from).catch((error: unknown) => {
    throw new Error(`无法读取 Cannot read ${from}: ${error instanceof Error ? error.message : String(error)}`)
  })
  const config = loadConfig()
  const { ownerUrl } = config.database
  if (ownerUrl === undefined)
    throw new Error('没有数据库所有者地址 Set DATABASE_URL to the address of the owner of the archive')
  const cipher = createFieldCipher(config.keys)
  const archive = openAsOwner({ url: ownerUrl, cipher })
  const told = new Map<string, string>()
  try {
    await archive.db.$transaction(
      async (tx) => {
        const done = await importLines(tx, cipher, lines, (sheet, count) => console.error(`  ${sheet} ${count} …`))
        faults.push(...done.faults)
        if (faults.length > 0 || values.check) throw new Undone()
        for (const [sheet, count] of Object.entries(done.added)) console.log(`${sheet}：新增 added ${count}`)
        for (const [staffNumber, password] of done.told) told.set(staffNumber, password)
      },
      { maxWait: 10_000, timeout: 30 * 60_000 },
    )
  } catch (error) {
    if (!(error instanceof Undone)) throw error
    tellFaults(faults)
    return
  } finally {
    await archive.close()
  }
  if (told.size > 0) console.log('初始密码只显示一次，首次登录须修改。 Shown once; each must be changed.')
  for (const [staffNumber, password] of told) console.log(`  ${staffNumber}\t${password}`)
}

function tellFaults(faults: readonly WorkbookFault[]): void {
  if (faults.length === 0) return console.log('没有错误，未录入。 Nothing is wrong; nothing was put in.')
  console.error(`未录入，共${faults.length}处错误 Nothing was put in, faults: ${faults.length}`)
  for (const { sheet, row, message } of faults) console.error(`  ${sheet} 第${row}行：${message}`)
  process.exitCode = 1
}
