import { runStory, type Story } from '../../../scripts/demo/story.ts'
import type { Reckoning } from '../../../scripts/demo/reckoning.ts'
import { PatientWorld } from './patient-world.ts'
import type { OwnStack } from './own-stack.ts'

/** What the story came to, without anything that differs between two tellings of it. */
export type StoryResult = {
  cases: Record<'inTown' | 'inVillage' | 'refused', CaseResult>
  letter: string[]
  overdueWorkingDays: number
}

type CaseResult = {
  stage: string
  outcome: string | null
  monthlyAmountFen: number | null
  category: string | null
  payment: { state: string; issue: number; month: string; amountFen: number } | null
  bankCredits: { times: number; amountFen: number }
  workingDaysUsed: number
  breaches: string[]
  /** Type and day of each event in its order; registers answer in any. */
  log: string[]
}

/** Tells the story from nine in the morning of a day, so that two tellings see the same days. */
export async function tellFrom(
  startDay: string,
  own: OwnStack,
  onLine: (line: string) => void = () => undefined,
): Promise<StoryResult> {
  const world = new PatientWorld(own.stack.urls, 'the story')
  await world.untilDay(startDay)
  const story = await runStory(world, { say: onLine })
  return resultOf(story, world)
}

async function resultOf({ inTown, inVillage, refused, letter, overdueWorkingDays }: Story, world: PatientWorld) {
  return {
    cases: {
      inTown: await caseResult(inTown, world),
      inVillage: await caseResult(inVillage, world),
      refused: await caseResult(refused, world),
    },
    letter,
    overdueWorkingDays,
  }
}

async function caseResult({ view, breaches, workingDaysUsed }: Reckoning, { bank }: PatientWorld): Promise<CaseResult> {
  const { payment, benefit, timeline } = view
  return {
    stage: view.case.stage,
    outcome: view.case.outcome,
    monthlyAmountFen: benefit?.monthlyAmountFen ?? null,
    category: benefit?.category ?? null,
    payment: payment && {
      state: payment.state,
      issue: payment.issue,
      month: payment.month,
      amountFen: payment.amountFen,
    },
    bankCredits: await bank.creditsOf(payment?.instructionId ?? ''),
    workingDaysUsed,
    breaches: breaches.map(({ limit, stateLabel }) => `${limit} ${stateLabel}`),
    log: timeline.map(({ type, occurredOn }) => `${occurredOn} ${type}`),
  }
}
