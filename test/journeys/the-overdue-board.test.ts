import readExcelFile from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import type { BoardCase } from '../../api/oversight/board-contract.ts'
import type { DueStanding } from '../../domain/supervision/due-standing.ts'
import { type Stage, stages } from '../../domain/procedures/words.ts'
import { openWorld } from '../support/open-world.ts'
import type { CaseInHand } from '../support/people/officer.ts'
import type { BoardCellAsked } from '../support/people/supervision.ts'

const beijiePlace = 'qingyang-xifeng-beijie'

describe('a supervisor at the board of overdue work', () => {
  const world = openWorld('board')
  const { beijie, dongzhi, supervisor } = world

  it('sees a case come due, opens the cell to it and takes it along as a file', async () => {
    const aCase = await world.aCaseAt('SURVEY')
    await beijie.handler.beginsSurvey(aCase, [beijie.otherHandler])
    await world.untilMatched(aCase)
    expect(await standsAs(aCase, 'SURVEY')).toBe('NOT_DUE')

    await world.workingDaysPass(13)
    expect(await standsAs(aCase, 'SURVEY')).toBe('DUE_SOON')
    const [soon] = await opens(aCase, { stage: 'SURVEY', status: 'DUE_SOON' })
    expect(soon).toMatchObject({ limit: 'TOWNSHIP_OPINION', remainingWorkingDays: 2, dueIn: 2, ageWorkingDays: 13 })
    expect(soon?.rungLabel).toBe('提醒')

    await world.workingDaysPass(3)
    expect(await standsAs(aCase, 'SURVEY')).toBe('OVERDUE')
    const asked = { placeId: beijiePlace, stage: 'SURVEY', status: 'OVERDUE' } as const
    const [late] = await opens(aCase, asked)
    expect(late).toMatchObject({
      title: aCase.household.applicant.name,
      remainingWorkingDays: -1,
      chargedDays: { OFFICE: 16, HOUSEHOLD: 0 },
      rungLabel: '催办',
      holders: [{ officeName: '北街街道办事处', role: 'TOWNSHIP_HANDLER' }],
    })
    expect(late?.holders[0]?.people.map(({ name }) => name)).toEqual([beijie.handler.name, beijie.otherHandler.name])

    const [about, cases] = await readExcelFile(await supervisor.takesOut(asked, '约谈乡镇（街道）'))
    expect(about?.data).toContainEqual(['导出用途', '约谈乡镇（街道）'])
    expect(about?.data).toContainEqual(['行数', (await supervisor.opensCell(asked)).length])
    const row = cases?.data.find((cells) => cells.includes(aCase.number))
    const { name, identityNumber } = aCase.household.applicant
    expect(row).toEqual(expect.arrayContaining([name, '已超期', '乡镇初审时限', -1, 16, '北街街道办事处', '催办']))
    expect(JSON.stringify(cases?.data)).not.toContain(identityNumber)

    expect(await supervisor.actsInBulk({ action: 'URGE', rows: [tick(late)] })).toMatchObject({ filed: 1, refused: 0 })
    const { person } = beijie.otherHandler
    const { matterId, versionSeen } = tick((await opens(aCase, asked))[0])
    const rows = [{ matterId, versionSeen }]
    await beijie.leader.actsInBulk({ action: 'ASSIGN', role: person.role, officerId: person.id, rows })
    const [named] = await opens(aCase, asked)
    expect(named?.holders).toMatchObject([{ assigneeId: person.id, assigneeName: person.name }])

    await beijie.handler.completesSurvey(aCase)
    await beijie.otherHandler.signsSurvey(aCase)
    expect(await opens(aCase, asked)).toEqual([])
    expect(await standsAs(aCase, 'TOWNSHIP_OPINION')).toBe('OVERDUE')
    const [handedOn] = await opens(aCase, { stage: 'TOWNSHIP_OPINION' })
    expect(handedOn).toMatchObject({ ageWorkingDays: 0, holders: [{ role: 'TOWNSHIP_LEADER' }] })
    await beijie.leader.endorses(aCase)
    expect(await standsAs(aCase, 'PUBLIC_NOTICE')).toBe('NOT_DUE')
  })

  it('sees the whole county, a township leader the own township only', async () => {
    const [here, there] = [
      await beijie.clerk.applies(world.aHousehold()),
      await dongzhi.clerk.applies(world.aHousehold()),
    ]
    const seenBy = async (officer: { reads<T>(path: string): Promise<T> }) => {
      const { items } = await officer.reads<{ items: { matterId: string }[] }>(
        '/api/board/cases?stage=APPLIED&pageSize=100',
      )
      return items.map(({ matterId }) => matterId).filter((id) => id === here.id || id === there.id)
    }
    expect((await seenBy(supervisor)).toSorted()).toEqual([here.id, there.id].toSorted())
    expect(await seenBy(dongzhi.leader)).toEqual([there.id])
    await expect(beijie.handler.reads('/api/board')).rejects.toMatchObject({ code: 'notYourRole' })
  })

  /** A row as a bulk act wants it back: what was seen of it. */
  function tick(row: BoardCase | undefined) {
    if (!row?.limit || !row.run || !row.dueAt) throw new Error('A row without a running limit cannot be urged')
    const { matterId, version: versionSeen, limit, run, dueAt } = row
    return { matterId, versionSeen, limit, run, dueAt }
  }

  /** Where the board counts the case: the one cell that opens to it, to as many cases as the cell says. */
  async function standsAs(aCase: CaseInHand, stage: Stage): Promise<DueStanding | undefined> {
    const { rows } = await supervisor.seesBoard()
    const cell = rows.find(({ placeId }) => placeId === beijiePlace)?.cells[stages.indexOf(stage)]
    const counts = { NOT_DUE: cell?.notDue, DUE_SOON: cell?.dueSoon, OVERDUE: cell?.overdue } as const
    for (const status of ['NOT_DUE', 'DUE_SOON', 'OVERDUE'] as const) {
      const listed = await supervisor.opensCell({ placeId: beijiePlace, stage, status })
      expect([status, listed.length]).toEqual([status, counts[status]])
      if (listed.some(({ matterId }) => matterId === aCase.id)) return status
    }
    return undefined
  }

  async function opens(aCase: CaseInHand, cell: BoardCellAsked): Promise<BoardCase[]> {
    return (await supervisor.opensCell(cell)).filter(({ matterId }) => matterId === aCase.id)
  }
})
