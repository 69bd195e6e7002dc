import { describe, expect, it } from 'vitest'
import { openWorld } from '../support/open-world.ts'

describe('somebody who is listed in a household and lives in another', () => {
  const world = openWorld('listed')
  const { beijie, county } = world

  it('does not count here, and may apply there', async () => {
    const brother = world.aHousehold()
    const aCase = await beijie.clerk.applies(world.aHousehold().of(3).listing(brother, { away: true }))
    const { household } = await beijie.handler.opens(aCase)
    expect(household.members.map(({ counts }) => counts)).toEqual([true, true, true, false])
    const own = await beijie.clerk.applies(brother)
    expect((await beijie.handler.opens(own)).case.stage).toBe('APPLIED')
  })

  it('counts in one application at a time, whichever came first', async () => {
    const brother = world.aHousehold()
    await beijie.clerk.applies(brother)
    const counted = beijie.clerk.applies(world.aHousehold().listing(brother, { away: false }))
    await expect(counted).rejects.toMatchObject({ code: 'memberInAnotherOpenCase' })
    await beijie.clerk.applies(world.aHousehold().listing(brother, { away: true }))
  })

  it('begins to count when an application is mended so, unless they count elsewhere', async () => {
    const brother = world.aHousehold()
    const household = world.aHousehold()
    const aCase = await beijie.clerk.applies(household.listing(brother, { away: true }))
    await beijie.clerk.applies(brother)
    await beijie.handler.returns(aCase, ['请核实兄弟是否共同生活'])
    const mended = beijie.clerk.mends(aCase, household.listing(brother, { away: false }))
    await expect(mended).rejects.toMatchObject({ code: 'memberInAnotherOpenCase' })
  })

  it('is neither on the wall nor in the benefit; a child on the wall has a surname only', async () => {
    const brother = world.aHousehold()
    const aCase = await beijie.clerk.applies(world.aHousehold().of(3).listing(brother, { away: true }))
    await world.brings([aCase], { from: 'APPLIED', to: 'COUNTY_CONFIRMATION' })
    const { timeline, household } = await beijie.handler.opens(aCase)
    const sheetId = timeline.flatMap(({ papers }) => papers).find(({ kind }) => kind === 'NOTICE_SHEET')?.paperId ?? ''
    const sheet = JSON.parse(await beijie.handler.readsPaper(aCase, sheetId)) as { memberNames: string[] }
    const [applicant, spouse, child] = household.members
    expect(sheet).toMatchObject({ memberCount: 3, title: applicant?.name })
    expect(sheet.memberNames.slice(0, 2)).toEqual([applicant?.name, spouse?.name])
    expect(sheet.memberNames[2]).toMatch(/^.某+$/u)
    expect(sheet.memberNames[2]).not.toBe(child?.name)
    await county.approver.confirms(aCase)
    const { benefit } = await county.approver.opens(aCase)
    expect(benefit?.memberPersonIds.toSorted()).toEqual(
      household.members
        .slice(0, 3)
        .map(({ personId }) => personId)
        .toSorted(),
    )
  })
})
