import path from 'node:path'
import { parseArgs } from 'node:util'
import { findingTexts } from '../domain/audit/findings.ts'
import { loadVerifierConfig } from '../platform/config.ts'
import { findEmbeddedAppUrl } from '../platform/embedded/postgres.ts'
import { readSealFile, sealFileName } from '../platform/seal-file.ts'
import { sealPublicKeys, writeSealPublicKeys } from '../platform/seal-key.ts'
import { openForReading } from '../prisma/client.ts'
import { findCaseByNumber } from '../prisma/stores/matter/new-cases.ts'
import { type Verification, verifyArchive } from '../prisma/stores/system/verification.ts'
import { sentenceOf } from './plain-failure.ts'

// Holds the archive, or one case, against its audit and its seals. Reads only; exit code 0: holds, 1: does not, 2: could not.
const usage = `用法 Usage: npm run verify -- [--case <案件编号 case number>] [--seals <封存文件 file of seals>] [--public-keys]`

try {
  process.exitCode = await main()
} catch (error) {
  console.error(sentenceOf(error))
  process.exitCode = 2
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { case: { type: 'string' }, seals: { type: 'string' }, 'public-keys': { type: 'boolean' } },
  })
  const { appUrl, dataDir, postgresPort, sealDir, keys: rings } = loadVerifierConfig()
  const keys = sealPublicKeys(rings)
  if (values['public-keys']) {
    console.log(writeSealPublicKeys(keys))
    return 0
  }
  const url = appUrl ?? (await findEmbeddedAppUrl(dataDir, postgresPort))
  if (url === undefined)
    throw new Error(`没有数据库 No archive: set DATABASE_APP_URL or DATABASE_URL, or run npm start first\n${usage}`)
  const sealFile = values.seals ?? path.join(sealDir, sealFileName)
  const seals = await readSealFile(sealFile)
  if (values.seals !== undefined && seals.length === 0) throw new Error(`没有封存 No seals in ${values.seals}`)
  const archive = openForReading(url)
  try {
    const matterId = values.case === undefined ? null : await findCaseByNumber(archive.db, values.case)
    if (values.case !== undefined && matterId === null)
      throw new Error(
        `没有这个案件 No such case: ${values.case}. 整案被删须核验全部档案 A case deleted whole is found by verifying everything`,
      )
    const began = Date.now()
    const verified = await verifyArchive(archive.db, { matterId, keys, file: seals.length === 0 ? null : seals })
    tell(verified, { sealFile: seals.length === 0 ? null : sealFile, seconds: (Date.now() - began) / 1000 })
    return verified.found === 0 ? 0 : 1
  } finally {
    await archive.close()
  }
}

function tell(
  { checked, findings, found, lastSeal, unproven }: Verification,
  { sealFile, seconds }: { sealFile: string | null; seconds: number },
): void {
  const rows: [string, string][] = [
    ['审计记录 Audit records', `${checked.records}（登记簿 registers ${checked.registers}）`],
    ['办理事件 Events', String(checked.events)],
    ['引用材料 Papers cited', `${checked.papers}（内容已清除 erased ${checked.erasedPapers}）`],
    ['查阅记录 Looks', String(checked.looks)],
    ['封存 Seals', String(checked.seals)],
    ['封存文件 File of seals', sealFile ?? '没有，只与库内封存核对 none: held against the seals in the archive only'],
    ['用时 Took', `${seconds.toFixed(1)} s，${Math.round(checked.records / Math.max(seconds, 0.001))} 条 records/s`],
  ]
  for (const [label, text] of rows) console.log(`${label}: ${text}`)
  console.log()
  for (const { kind, register, seq, what } of findings) {
    const where = [register, seq === null ? null : `#${seq}`, what].filter((part) => part !== null).join(' ')
    console.log(`✗ ${findingTexts[kind].zh} ${findingTexts[kind].en}: ${where}`)
  }
  if (found > findings.length) console.log(`… 另有 and ${found - findings.length} more`)
  console.log(found === 0 ? '未发现改动 Nothing was found changed' : `发现${found}处不符 ${found} things do not hold`)
  console.log(unprovenText(lastSeal, unproven))
}

function unprovenText(
  lastSeal: Verification['lastSeal'],
  { records, registers, looks, since }: Verification['unproven'],
) {
  if (lastSeal === null)
    return '尚无封存，全部内容没有档案之外的凭据 No seal yet: nothing outside the archive vouches for any of it'
  const seal = `第${lastSeal.number}次封存 seal ${lastSeal.number}, ${lastSeal.takenAt}, ${lastSeal.keyId}`
  if (records === 0 && looks === 0) return `全部在封存之内 All of it is covered by ${seal}`
  return (
    `${seal} 之后尚未封存 since then in no seal: 审计记录 ${records} records（登记簿 registers ${registers}），` +
    `查阅 ${looks} looks${since === null ? '' : `，自 from ${since}`}。前后一致，但没有档案之外的凭据 consistent, but not yet proven`
  )
}
