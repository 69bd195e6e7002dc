import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { relativeOfAHandler } from '../../prisma/seed/people.ts'
import { openWorld } from '../support/open-world.ts'
import type { CaseInHand, Officer } from '../support/people/officer.ts'

describe('urging and naming on ticked rows', () => {
  const world = openWorld('ticked')
  const { beijie, supervisor } = world

  it('reaches the ticked cases and no other, once however often it is sent', async () => {
    const [one, other, unticked] = (await world.casesAt('SURVEY', 3)) as [CaseInHand, CaseInHand, CaseInHand]
    const acts = {
      action: 'URGE' as const,
      text: '请抓紧办理。',
      rows: [await urged(supervisor, one), await urged(supervisor, other)],
    }
    const requestId = randomUUID()
    const result = await supervisor.actsInBulk(acts, requestId)
    expect(result).toMatchObject({ filed: 2, refused: 0, unknown: 0 })
    expect(await supervisor.actsInBulk(acts, requestId)).toEqual(result)
    const others = { ...acts, rows: [...acts.rows, await urged(supervisor, unticked)] }
    await expect(supervisor.actsInBulk(others, requestId)).rejects.toMatchObject({ code: 'requestIdReused' })
    for (const aCase of [one, other]) expect(await urgingsOf(aCase)).toHaveLength(1)
    expect(await urgingsOf(unticked)).toHaveLength(0)
  })

  it('refuses a row that changed since it was shown, and does the others', async () => {
    const [changed, same] = (await world.casesAt('SURVEY', 2)) as [CaseInHand, CaseInHand]
    const rows = [await urged(supervisor, changed), await urged(supervisor, same)]
    await beijie.handler.beginsSurvey(changed, [beijie.otherHandler])
    const { rows: results } = await supervisor.actsInBulk({ action: 'URGE', rows })
    expect(results).toEqual([
      expect.objectContaining({ matterId: changed.id, outcome: 'REFUSED', code: 'caseChangedSinceSeen' }),
      expect.objectContaining({ matterId: same.id, outcome: 'FILED' }),
    ])
  })

  it('refuses a row whose due date was another when it was shown', async () => {
    const aCase = await world.aCaseAt('SURVEY')
    const row = { ...(await urged(supervisor, aCase)), dueAt: '2026-01-01T16:00:00.000Z' }
    const requestId = randomUUID()
    const { rows } = await supervisor.actsInBulk({ action: 'URGE', rows: [row] }, requestId)
    expect(rows).toEqual([expect.objectContaining({ code: 'caseChangedSinceSeen' })])
    const again = await supervisor.actsInBulk({ action: 'URGE', rows: [row] }, requestId)
    expect(again.rows).toEqual(rows)
  })

  it('names another handler for several cases, and whoever else fills the post may still act', async () => {
    const cases = await world.casesAt('SURVEY', 2)
    const rows = await Promise.all(cases.map(async (aCase) => seen(beijie.leader, aCase)))
    const { person } = beijie.otherHandler
    const acts = { action: 'ASSIGN' as const, role: person.role, officerId: person.id, rows }
    expect(await beijie.leader.actsInBulk(acts)).toMatchObject({ filed: 2 })
    const [first] = cases as [CaseInHand]
    expect((await beijie.leader.opens(first)).assignees).toEqual([expect.objectContaining({ name: '赵雪梅' })])
    await beijie.handler.beginsSurvey(first, [beijie.otherHandler])
  })

  async function urgingsOf(aCase: CaseInHand) {
    return (await beijie.handler.isShown(aCase)).filter(({ number }) => number > 0)
  }
})

describe('deciding on cases that are alike', () => {
  const world = openWorld('alike')
  const { beijie } = world

  it('puts together what the rules, the risks and the papers make alike, and shows what differs', async () => {
    const alike = [await applies(2), await applies(2)]
    const larger = await applies(3)
    const { groups, singly } = await beijie.handler.previews('ACCEPT', [...alike, larger])
    expect(singly).toEqual([])
    const together = groups.find(({ rows }) => rows.some(({ matterId }) => matterId === alike[0]?.id))
    expect(together?.rows.map(({ matterId }) => matterId)).toEqual(expect.arrayContaining(alike.map(({ id }) => id)))
    expect(together?.sentences.join()).toContain('核算结果')
    expect(groups.flatMap(({ differing }) => differing)).toContain('memberCount')

    const rows = await Promise.all(alike.map(async (aCase) => seen(beijie.handler, aCase)))
    const likeness = together?.likeness ?? ''
    expect(await beijie.handler.actsInBulk({ action: 'ACCEPT', likeness, rows })).toMatchObject({ filed: 2 })
    const { timeline } = await beijie.handler.opens(alike[0] as CaseInHand)
    expect(timeline.some(({ type }) => type === 'APPLICATION_ACCEPTED')).toBe(true)
  })

  it('leaves out what somebody complained about, and what is a filed relative’s', async () => {
    const [plain, complained] = [await applies(2), await applies(2)]
    const relative = await beijie.clerk.applies(world.aHousehold().ofPerson(relativeOfAHandler).of(2).earning(500_00))
    await beijie.handler.marks(complained, 'COMPLAINT', '群众来电反映其子女有收入。')
    const { groups, singly } = await beijie.handler.previews('ACCEPT', [plain, complained, relative])
    expect(groups.flatMap(({ rows }) => rows.map(({ matterId }) => matterId))).toEqual([plain.id])
    expect(singly).toEqual([
      expect.objectContaining({ matterId: complained.id, reasons: ['有投诉举报'] }),
      expect.objectContaining({ matterId: relative.id, reasons: ['近亲属备案'] }),
    ])

    const rows = await Promise.all([plain, complained, relative].map(async (aCase) => seen(beijie.handler, aCase)))
    const likeness = groups[0]?.likeness ?? ''
    const { rows: results } = await beijie.handler.actsInBulk({ action: 'ACCEPT', likeness, rows })
    expect(results.map(({ code }) => code)).toEqual([null, 'singledOut', 'singledOut'])
  })

  it('refuses a case that is not like the others', async () => {
    const odd = await applies(2)
    const rows = [await seen(beijie.handler, odd)]
    const requestId = randomUUID()
    const acts = { action: 'ACCEPT' as const, likeness: 'of other cases', rows }
    const { rows: results } = await beijie.handler.actsInBulk(acts, requestId)
    expect(results).toEqual([expect.objectContaining({ outcome: 'REFUSED', code: 'notAlike' })])
    expect((await beijie.handler.actsInBulk(acts, requestId)).rows).toEqual(results)
    expect((await beijie.handler.opens(odd)).case.stage).toBe('APPLIED')
  })

  it('never confirms a first award, nor refuses, in bulk', async () => {
    const rows = [{ matterId: 'whatever', versionSeen: 1 }]
    for (const action of ['CONFIRM', 'REFUSE', 'GIVE_OPINION', 'REVIEW_FILE'])
      await expect(beijie.handler.asksInBulk({ action, likeness: 'x', rows })).rejects.toMatchObject({
        code: 'inputNotValid',
        problem: { faults: [{ message: '该事项须逐件办理，不能批量办理。' }] },
      })
  })

  async function applies(people: number): Promise<CaseInHand> {
    return beijie.clerk.applies(world.aHousehold().of(people).earning(500_00))
  }
})

/** A row as a list showed it. */
async function seen(officer: Officer, aCase: CaseInHand) {
  return { matterId: aCase.id, versionSeen: (await officer.opens(aCase)).case.version }
}

/** A row with the limit by which it was ticked. */
async function urged(officer: Officer, aCase: CaseInHand) {
  const { case: head, deadlines } = await officer.opens(aCase)
  const total = deadlines.find(({ limit }) => limit === 'TOTAL')
  return { matterId: aCase.id, versionSeen: head.version, limit: 'TOTAL' as const, run: 1, dueAt: total?.dueAt ?? '' }
}
