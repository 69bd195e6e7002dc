import './plain-failure.ts'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { loadConfig } from '../platform/config.ts'
import { findEmbeddedAppUrl } from '../platform/embedded/postgres.ts'
import { createFieldCipher } from '../platform/field-cipher.ts'
import { type Archive, openArchive } from '../prisma/client.ts'
import { CalendarRefused, enterCalendar } from '../prisma/stores/rules/calendar-imports.ts'
import { readKeptBreaches } from '../prisma/stores/oversight/kept-breaches.ts'
import { readRedatingReport, type RedatingReport } from '../prisma/stores/rules/redatings.ts'
import { inOneTransaction } from '../prisma/stores/system/transaction.ts'

// Enters a notice, or a place's own days, and waits until running clocks are re-dated by the system that is running.
const patienceMs = 10 * 60_000

const [file] = process.argv.slice(2)
if (file === undefined)
  fail('用法 Usage: npm run import-calendar -- <文件 file>.json （见 see docs/tasks/next-years-calendar.md）')

const config = loadConfig()
const url = config.database.appUrl ?? (await findEmbeddedAppUrl(config.dataDir, config.ports.postgres))
if (url === undefined) fail('没有数据库 No archive: set DATABASE_APP_URL, or run npm start first')
const archive = openArchive({ url, process: 'api', cipher: createFieldCipher(config.keys), maxConnections: 2 })
try {
  const typed = await readTyped(file)
  const { editionIds, redatingId } = await inOneTransaction(archive, async (tx) => enterCalendar(tx, typed, null))
  console.log(`已录入 Entered: ${editionIds.join('，')}`)
  await tellReport(archive, await untilFinished(archive, redatingId))
} catch (error) {
  if (!(error instanceof CalendarRefused)) throw error
  console.error('未录入 Not entered:')
  for (const { path, message } of error.faults) console.error(`  ${[path.join('.'), message].join(' ').trim()}`)
  process.exitCode = 1
} finally {
  await archive.close()
}

async function readTyped(from: string): Promise<Record<string, unknown>> {
  try {
    return JSON.parse(await readFile(from, 'utf8')) as Record<string, unknown>
  } catch (error) {
    return fail(`无法读取 Cannot read ${from}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function untilFinished({ db }: Archive, redatingId: string): Promise<RedatingReport> {
  const until = Date.now() + patienceMs
  for (;;) {
    const report = await readRedatingReport(db, redatingId)
    if (report.finishedAt !== null || Date.now() > until) return report
    await sleep(500)
  }
}

async function tellReport({ db }: Archive, report: RedatingReport): Promise<void> {
  const { moved, movedEarlier, movedLater, finishedAt } = report
  console.log(`已调整到期日 Due dates moved: ${moved}（提前 earlier ${movedEarlier}，推后 later ${movedLater}）`)
  if (finishedAt === null) console.log('尚未完成：系统启动后继续 Not finished: it goes on while the system runs')
  const kept = await readKeptBreaches(db)
  if (kept.length === 0) return
  console.log(`此前已超期、按新日历到期日会不同的，维持原到期日不变 Missed before and left as they are: ${kept.length}`)
  for (const { matterNumber, limitLabel, dueOn, wouldBeDueOn } of kept)
    console.log(`  ${matterNumber} ${limitLabel} ${dueOn}（按新日历 by the new calendar ${wouldBeDueOn}）`)
}

function fail(line: string): never {
  console.error(line)
  process.exit(1)
}
