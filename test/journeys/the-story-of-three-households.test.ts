import { beforeAll, describe, expect, it } from 'vitest'
import { runStory, type Story } from '../../scripts/demo/story.ts'
import { openWorld } from '../support/open-world.ts'

describe('the story of three households', () => {
  const world = openWorld('story')
  let story: Story

  beforeAll(async () => {
    story = await runStory(world, { say: () => undefined })
  })

  it('pays the household in town the difference to the standard, 700 × 3 − 900', async () => {
    const { view } = story.inTown
    expect(view.case).toMatchObject({ stage: 'CLOSED', outcome: 'GRANTED' })
    expect(view.payment).toMatchObject({ amountFen: 1_200_00, state: 'PAID', issue: 1 })
    expect(await world.bank.creditsOf(view.payment?.instructionId ?? '')).toEqual({ times: 1, amountFen: 1_200_00 })
  })

  it('pays the household in the village by its category, 442 × 2', async () => {
    const { view } = story.inVillage
    expect(view.case).toMatchObject({ stage: 'CLOSED', outcome: 'GRANTED' })
    expect(view.benefit).toMatchObject({ category: 'II', monthlyAmountFen: 884_00 })
    expect(await world.bank.creditsOf(view.payment?.instructionId ?? '')).toEqual({ times: 1, amountFen: 884_00 })
  })

  it('refuses the household whose registers speak against it, with a letter that says how to object', () => {
    const { view } = story.refused
    expect(view.case).toMatchObject({ stage: 'CLOSED', outcome: 'REFUSED' })
    expect(view.payment).toBeNull()
    const letter = story.letter.join('\n')
    expect(letter).toContain('不予确认同意告知书')
    expect(letter).toContain('3,200')
    expect(letter).toContain('行政复议')
  })

  it('counts working days from acceptance to decision', () => {
    // Two of survey, one until the refusal.
    expect(story.refused.workingDaysUsed).toBe(3)
    // Nine in an ordinary week; the seven days of notice hold none in a golden week, and six before one.
    expect(story.inTown.workingDaysUsed).toBeGreaterThanOrEqual(4)
    expect(story.inTown.workingDaysUsed).toBeLessThanOrEqual(11)
  })

  it('shows the county’s breach after one working day, and keeps it', () => {
    expect(story.overdueWorkingDays).toBe(1)
    expect(story.inVillage.breaches).toEqual([expect.objectContaining({ limit: 'COUNTY_DECISION' })])
    expect(story.inTown.breaches).toEqual([])
    expect(story.refused.breaches).toEqual([])
  })

  it('explains each due day day by day', () => {
    for (const { strips } of [story.inTown, story.inVillage, story.refused]) {
      for (const { deadline, days } of strips) expect(days.at(-1)?.day).toBe(deadline.dueOn)
    }
  })
})
