import type { CaseView, DeadlineStrip } from '../../api/assistance-cases/case-contract.ts'
import type { z } from '../../domain/schemas/zod.ts'
import type { CaseInHand } from '../../test/support/people/officer.ts'
import type { World } from '../../test/support/world.ts'

export type Strip = z.output<typeof DeadlineStrip>

/** What a case came to, in numbers that hold whenever the story is told. */
export type Reckoning = {
  aCase: CaseInHand
  view: CaseView
  /** Working days from acceptance to decision. */
  workingDaysUsed: number
  breaches: { limit: string; label: string; stateLabel: string }[]
  strips: Strip[]
}

/** Reads a closed case back, with the reason for each of its due days. */
export async function reckon({ county }: World, aCase: CaseInHand): Promise<Reckoning> {
  const view = await county.handler.opens(aCase)
  const strips = await Promise.all(
    view.deadlines.map(({ limit, run }) =>
      county.handler.reads<Strip>(`/api/matters/${aCase.id}/deadlines/${limit}/${run}`),
    ),
  )
  return {
    aCase,
    view,
    workingDaysUsed: workingDaysUsed(view, strips),
    breaches: view.deadlines
      .filter(({ state }) => ['BREACHED', 'MET_LATE', 'ENTERED_LATE'].includes(state))
      .map(({ limit, label, stateLabel }) => ({ limit, label, stateLabel })),
    strips,
  }
}

function workingDaysUsed({ decision }: CaseView, strips: readonly Strip[]): number {
  const total = strips.find(({ deadline }) => deadline.limit === 'TOTAL')
  const decidedOn = decision?.decidedOn ?? ''
  return (total?.days ?? []).filter(({ day, counted }) => counted && day <= decidedOn).length
}
