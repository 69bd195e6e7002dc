import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { verify } from '@node-rs/argon2'
import writeExcelFile from 'write-excel-file/node'
import readExcelFile from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { sheets, type SheetName } from '../../scripts/county-workbook/sheets.ts'
import { loadConfig } from '../../platform/config.ts'
import { seed } from '../../prisma/seed/seed.ts'
import type { Archive } from '../../prisma/client.ts'
import { findBrokenLink } from '../../prisma/stores/system/audit.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { anIdentityNumber } from '../support/numbers.ts'
import { openOwnerArchive } from '../support/owner-archive.ts'

type Cell = string | number | Date | null
type Workbook = Partial<Record<SheetName, Cell[][]>>

const numberOf = (one: string) => anIdentityNumber({ seed: one, bornFrom: 1970, bornUntil: 1990, sex: 'FEMALE' })
const since = '2026-01-01'
const county: Workbook = {
  地方: [
    ['zhenyuan-tunzi-baima', 'zhenyuan-tunzi', '村（社区）', '白马村', '621027103201', '农村', since],
    ['CN', null, '国家', '中华人民共和国', null, null, since],
    ['zhenyuan', 'qingyang', '县（市、区）', '镇原县', 621027, null, new Date('2026-01-01')],
    ['qingyang', 'CN', '设区的市', '庆阳市', '６２１０００', null, since],
    ['zhenyuan-tunzi', 'zhenyuan', '乡镇（街道）', '屯字镇', '621027103', '农村', since],
  ],
  机关: [
    ['zy-tunzi', '乡镇人民政府（街道办事处）', '乡镇（街道）', '屯字镇人民政府', 'zhenyuan-tunzi'],
    ['zy-baima', '村（居）民委员会', '村（社区）', '白马村民委员会', 'zhenyuan-tunzi-baima'],
  ],
  辖区: [
    ['zy-tunzi', 'zhenyuan-tunzi', since, null],
    ['zy-baima', 'zhenyuan-tunzi-baima', since, null],
  ],
  岗位: [
    ['zy-tunzi.handler', 'zy-tunzi', 'TOWNSHIP_HANDLER', '民政经办'],
    ['zy-baima.clerk', 'zy-baima', 'VILLAGE_CLERK', '村级经办'],
  ],
  人员: [
    ['zy-01', '王秀兰', numberOf('zy-01'), 'zy-baima.clerk', since],
    ['zy-02', '李想', numberOf('zy-02'), 'zy-tunzi.handler', since],
    ['zy-03', '赵雪梅', numberOf('zy-03'), 'zy-tunzi.handler', since],
  ],
  常设代班: [['zy-tunzi.handler', 'zy-02', 'zy-03', since]],
  标准和时限: [['qingyang', '低保标准（分/人月）', '农村', 48000, '2026-01-01', '庆政发〔2025〕12号', '发放月份']],
}

let database: TestDatabase
let archive: Archive

beforeAll(async () => {
  database = await createTestDatabase()
  await seed(database.url, { ...loadConfig({}), environment: 'production', movableClock: false })
  archive = openOwnerArchive(database.url, loadConfig({}))
})
afterAll(async () => {
  await archive?.close()
  await database?.drop()
})

async function run(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const env = { ...process.env, DATABASE_URL: database.url }
  return promisify(execFile)(process.execPath, ['scripts/import-county.ts', ...args], { env }).catch(
    (failed: { stdout: string; stderr: string }) => failed,
  )
}

async function puts(workbook: Workbook, ...more: string[]): Promise<{ stdout: string; stderr: string }> {
  const file = path.join(inject('scratchDir'), 'county.xlsx')
  const pages = Object.entries(workbook).map(([sheet, rows]) => ({
    sheet,
    data: [Object.keys(sheets[sheet as SheetName].shape), ...rows].map((row) =>
      row.map((value) => (value instanceof Date ? { value, format: 'yyyy-mm-dd' } : { value })),
    ),
  }))
  await writeExcelFile(pages as Parameters<typeof writeExcelFile>[0]).toFile(file)
  return run(file, ...more)
}

const counts = async () => {
  const { db } = archive
  return [
    db.place,
    db.office,
    db.jurisdiction,
    db.post,
    db.officer,
    db.postHolding,
    db.standingDeputy,
    db.parameter,
  ].reduce(
    async (told, table) => [...(await told), await (table as typeof db.place).count()],
    Promise.resolve<number[]>([]),
  )
}

describe('a county that comes in by a workbook', () => {
  it('begins with an empty one that has every sheet and column', async () => {
    const file = path.join(inject('scratchDir'), 'template.xlsx')
    expect((await run('--template', file)).stdout).toContain('template.xlsx')
    const pages = await readExcelFile(file)
    expect(pages.map(({ sheet, data }) => [sheet, data[0]])).toEqual(
      Object.entries(sheets).map(([sheet, { shape }]) => [sheet, Object.keys(shape)]),
    )
  })

  it('is told all that is wrong by sheet and row, and nothing of it is put in', async () => {
    const before = await counts()
    const { stderr } = await puts({
      ...county,
      机关: [
        ...(county.机关 ?? []),
        ['zy-nowhere', '财政局', '县（市、区）', '财政局', 'nowhere'],
        ['!', '部', '县', '', ''],
      ],
      人员: [...(county.人员 ?? []), ['zy-01', '另一个人', numberOf('zy-09'), 'zy-baima.clerk', '2026-13-01']],
      标准和时限: [['qingyang', '没有的项目', null, 1, since, '文件', '受理日']],
    })
    for (const said of [
      '机关 第4行：没有地方“nowhere”',
      '机关 第5行：编号',
      '机关 第5行：种类：请填写',
      '人员 第5行：起始日期',
      '标准和时限 第2行：项目：请填写',
    ])
      expect(stderr).toContain(said)
    expect(await counts()).toEqual(before)
    expect((await puts(county, '--check')).stdout).toContain('没有错误')
    expect(await counts()).toEqual(before)
  })

  it('comes in whole, whatever Excel made of codes and dates, and again changes nothing', async () => {
    const { stdout } = await puts(county)
    const told = new Map(
      [...stdout.matchAll(/(zy-0\d)\t(\S+)/g)].map(([, number = '', password = '']) => [number, password]),
    )
    expect([...told.keys()].sort()).toEqual(['zy-01', 'zy-02', 'zy-03'])
    const officer = await archive.db.officer.findUniqueOrThrow({ where: { staffNumber: 'zy-02' } })
    expect(await verify(officer.passwordHash, told.get('zy-02') ?? '')).toBe(true)
    const village = await archive.db.place.findUniqueOrThrow({
      where: { id: 'zhenyuan-tunzi-baima' },
      include: { names: true },
    })
    expect(village).toMatchObject({ countyId: 'zhenyuan', residenceKind: 'RURAL', names: [{ name: '白马村' }] })
    const names = await archive.db.placeName.findMany({ where: { placeId: { in: ['zhenyuan', 'qingyang'] } } })
    expect(names.map(({ divisionCode }) => divisionCode ?? '').toSorted()).toEqual(['621000', '621027'])
    const standard = await archive.db.parameter.findFirstOrThrow({
      where: { placeId: 'qingyang', effectiveFrom: new Date(since) },
    })
    expect(standard).toMatchObject({
      value: 48000,
      source: '庆政发〔2025〕12号',
      assumed: false,
      datePickedBy: 'MONTH_PAID',
    })
    expect(await findBrokenLink(archive.db, 'staff:zhenyuan')).toBeNull()

    const after = await counts()
    expect((await puts(county)).stdout).toMatch(/人员：新增 added 0/)
    expect(await counts()).toEqual(after)
  })

  it('never changes what was in force: another value, another holder of a number, duties that exclude each other', async () => {
    const after = await counts()
    const { stderr } = await puts({
      标准和时限: [['qingyang', '低保标准（分/人月）', '农村', 50000, since, '庆政发〔2025〕12号', '发放月份']],
      人员: [
        ['zy-01', '王秀英', numberOf('zy-01'), 'zy-baima.clerk', since],
        ['zy-08', '李想', numberOf('zy-02'), 'zy-tunzi.auditor', since],
      ],
      岗位: [['zy-tunzi.auditor', 'zy-tunzi', 'AUDITOR', '审计']],
    })
    for (const said of [
      '标准和时限 第2行：已有不同的内容',
      '人员 第2行：工号zy-01已是另一个人的',
      '人员 第3行：与其另一岗位',
    ])
      expect(stderr).toContain(said)
    expect(await counts()).toEqual(after)
  })
})
