import readExcelFile from 'read-excel-file/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BoardCases } from '../../api/oversight/board-contract.ts'
import type { Problem } from '../../api/http/nouns.ts'
import { addDays, endOf, plainDate, startOf } from '../../domain/time/plain-date.ts'
import { people, type SeedPerson } from '../../prisma/seed/people.ts'
import { villages } from '../../prisma/seed/places.ts'
import { findBrokenLink } from '../../prisma/stores/system/audit.ts'
import { setTrainingClock } from '../../prisma/stores/system/training-clock.ts'
import type { CaseInHand } from '../support/people/officer.ts'
import { plantOpenCases } from '../support/planted-cases.ts'
import { unzipText } from '../support/unzip.ts'
import { type CounterRoom, openCounterRoom } from './support/counter-room.ts'

const supervisor = people.xifeng.supervisors[0]!
const leader = people.xifeng.beijie.leaders[0]!
const today = plainDate('2033-03-16')
const purpose = '督办会议汇报'
/** Names that a spreadsheet would read as formulas, and a character that no spreadsheet can hold. */
const oddNames = ['=1+1', '+SUM(A1)', '-2', '@WEBSERVICE', '甲\u0001乙']

let room: CounterRoom
let aCase: CaseInHand

beforeAll(async () => {
  room = await openCounterRoom('export')
  await setTrainingClock(room.archive, startOf(today))
  aCase = await room.world.beijie.clerk.applies(room.world.aHousehold())
  await plantOpenCases(
    room.owner,
    oddNames.map((title, index) => ({
      matterId: `odd-${index}`,
      placeId: villages.beijie,
      countyId: 'qingyang-xifeng',
      stage: 'SURVEY',
      stageSince: startOf(addDays(today, -4)),
      title,
      limits: [
        {
          limit: 'SURVEY_START',
          startedOn: addDays(today, -8),
          dueAt: startOf(addDays(today, -1 - index)),
          ownDueAt: startOf(today),
        },
      ],
      desk: { officeId: 'xf-beijie', role: 'TOWNSHIP_HANDLER', assigneeId: people.xifeng.beijie.handlers[0]!.id },
    })),
  )
})
afterAll(() => room.close())

const exports = (query: Record<string, string>, as: SeedPerson = supervisor) =>
  room.send('GET', `/api/board/export?${new URLSearchParams(query).toString()}`, { as })
const sheetsOf = async (response: Response) => {
  expect(response.status).toBe(200)
  const [about, cases] = await readExcelFile(Buffer.from(await response.arrayBuffer()))
  const [titles, ...rows] = cases?.data ?? []
  return {
    about: new Map(about?.data.map(([name, value]) => [name, value])),
    titles: titles ?? [],
    rows,
    names: [about?.sheet, cases?.sheet],
  }
}

describe('an export of the board', () => {
  it('holds what the list shows, in its order and in Chinese', async () => {
    const { titles, rows, names } = await sheetsOf(await exports({ purpose }))
    expect(names).toEqual(['说明', '案件'])
    const list = (await (
      await room.send('GET', '/api/board/cases?pageSize=100', { as: supervisor })
    ).json()) as BoardCases
    const column = (title: string) => rows.map((row) => row[titles.indexOf(title)])
    expect(rows).toHaveLength(oddNames.length + 1)
    expect(column('案件编号')).toEqual(list.items.map(({ matterNumber }) => matterNumber))
    expect(column('到期日')).toEqual(list.items.map(({ dueOn }) => (dueOn === null ? null : new Date(dueOn))))
    expect(column('剩余工作日')).toEqual(list.items.map(({ remainingWorkingDays }) => remainingWorkingDays))
    expect(column('环节')).toEqual(list.items.map(({ stageLabel }) => stageLabel))
    expect(column('乡镇（街道）')).toEqual(list.items.map(() => '北街街道'))
    expect(column('村（社区）')).toEqual(list.items.map(() => '北街社区'))
    expect(rows[0]?.slice(titles.indexOf('承办单位'), titles.indexOf('督办进度'))).toEqual([
      '北街街道办事处',
      '乡镇（街道）经办人',
      '李想、赵雪梅',
      '李想',
    ])
    const { rows: overdue } = await sheetsOf(await exports({ purpose, status: 'OVERDUE' }, leader))
    expect(overdue).toHaveLength(oddNames.length)
  })

  it('says first who took it out, when, what for and by which filter', async () => {
    const { about } = await sheetsOf(
      await exports({ purpose, stage: 'SURVEY', status: 'OVERDUE', limit: 'SURVEY_START' }),
    )
    expect(about.get('导出人')).toBe(`${supervisor.name}（工号${supervisor.staffNumber}）`)
    expect(about.get('单位和岗位')).toBe('西峰区民政局，县级督办人')
    expect(about.get('导出时间')).toEqual(new Date('2033-03-16T00:00Z'))
    expect(about.get('导出用途')).toBe(purpose)
    expect(about.get('地区')).toBe('西峰区')
    expect(about.get('筛选条件')).toBe('环节：家庭经济状况调查；到期状态：已超期；时限：启动调查时限')
    expect(about.get('行数')).toBe(oddNames.length)
    const whole = await sheetsOf(await exports({ purpose }))
    expect(whole.about.get('筛选条件')).toBe('全部未办结案件')
  })

  it('leaves text as text, whatever it begins with', async () => {
    const { titles, rows } = await sheetsOf(await exports({ purpose, status: 'OVERDUE' }))
    const heads = rows.map((row) => row[titles.indexOf('申请人')])
    expect(new Set(heads)).toEqual(new Set(['=1+1', '+SUM(A1)', '-2', '@WEBSERVICE', '甲 乙']))
    const { about } = await sheetsOf(await exports({ purpose: '=HYPERLINK("http://x")' }))
    expect(about.get('导出用途')).toBe('=HYPERLINK("http://x")')
  })

  it('holds no number of a person or an account', async () => {
    const { about, rows } = await sheetsOf(await exports({ purpose }))
    const text = JSON.stringify([...about, ...rows])
    expect(text).toContain(aCase.number)
    expect(text).not.toContain(aCase.household.applicant.identityNumber)
    expect(text).not.toContain(aCase.household.applicant.identityNumber.slice(-8))
    expect(text).not.toContain(aCase.household.accountNumber)
  })

  it('comes as a file of Excel, named after what it is about', async () => {
    const response = await exports({ purpose }, leader)
    expect(response.headers.get('content-type')).toContain('spreadsheetml')
    expect(decodeURIComponent(response.headers.get('content-disposition') ?? '')).toContain(
      '超期预警-北街街道-2033-03-16.xlsx',
    )
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  it('can be narrowed by whoever opens it: every column has a filter', async () => {
    const response = await exports({ purpose })
    const sheet = unzipText(Buffer.from(await response.arrayBuffer()), 'xl/worksheets/sheet2.xml')
    expect(sheet).toContain(`</sheetData><autoFilter ref="A1:X${oddNames.length + 2}"/>`)
  })

  it('is not made without a purpose', async () => {
    for (const query of [{}, { purpose: ' ' }] as Record<string, string>[]) {
      const refused = await exports(query)
      const { faults } = (await refused.json()) as Problem
      expect([refused.status, faults]).toEqual([400, [{ path: ['purpose'], message: '请填写导出用途。' }]])
    }
  })

  it('is kept on the register of the office, and its purpose stays out of the log', async () => {
    const { db } = room.archive
    const register = 'export:xf-minzheng'
    const before = await db.auditRecord.count({ where: { register } })
    const { about } = await sheetsOf(await exports({ purpose: '年中督查', stage: 'SURVEY' }))
    const kept = await db.auditRecord.findMany({ where: { register }, orderBy: { seq: 'asc' } })
    expect(kept).toHaveLength(before + 1)
    expect(kept.at(-1)).toMatchObject({
      action: 'EXPORT_BOARD',
      result: 'DONE',
      officerId: supervisor.id,
      placeId: 'qingyang-xifeng',
      subject: about.get('导出编号'),
      detail: { purpose: '年中督查', filter: { stage: 'SURVEY' }, rows: oddNames.length },
    })
    expect(await findBrokenLink(db, register)).toBeNull()
    expect(room.lines.join()).not.toContain(encodeURIComponent('年中督查'))
    await exports({})
    expect(await db.auditRecord.count({ where: { register } })).toBe(before + 1)
  })

  it('of more rows than a file may hold asks for a narrower filter', async () => {
    const dueAt = endOf(today)
    await room.owner.db.$executeRaw`
      INSERT INTO matter (id, kind, number, programme, "procedureVersion", "placeId", "countyId", "residenceKind",
        stage, version, title, "memberCount", "stageSince", "createdAt", "dueAt", "ownDueAt")
      SELECT 'many-' || n, 'ASSISTANCE_CASE', 'many-' || n, 'DIBAO', 'DIBAO-2021', ${villages.weitang}, 'nantong-chongchuan', 'RURAL', 'APPLIED',
        1, '某某', 1, now(), now(), ${new Date(dueAt)}::timestamptz + n * interval '1 minute', NULL
      FROM generate_series(1, 20001) n`
    const other = people.chongchuan.supervisors[0]!
    const refused = await exports({ purpose }, other)
    expect([refused.status, (await refused.json()) as Problem]).toMatchObject([
      422,
      { code: 'tooManyRows', detail: expect.stringContaining('请缩小筛选范围'), facts: { most: 20_000 } },
    ])
    expect((await exports({ purpose, dueIn: '1' }, other)).status).toBe(200)
  })
})
