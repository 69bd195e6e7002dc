import type { Stage } from '../../domain/procedures/words.ts'
import type { CaseInHand } from './people/officer.ts'
import type { Company } from './company.ts'

type Leg = { from: Stage; proceed: (company: Company, cases: readonly CaseInHand[]) => Promise<void> }

/** How cases of Beijie go when nothing is in the way; all of them together, because time passes for all of them. */
const legs: readonly Leg[] = [
  {
    from: 'APPLIED',
    proceed: async (company, cases) => {
      for (const aCase of cases) await company.beijie.handler.accepts(aCase)
      for (const aCase of cases) await company.untilMatched(aCase)
    },
  },
  {
    from: 'SURVEY',
    proceed: async ({ beijie }, cases) => {
      for (const aCase of cases) {
        await beijie.handler.beginsSurvey(aCase, [beijie.otherHandler])
        await beijie.handler.completesSurvey(aCase)
        await beijie.otherHandler.signsSurvey(aCase)
      }
    },
  },
  {
    from: 'TOWNSHIP_OPINION',
    proceed: async ({ beijie }, cases) => {
      for (const aCase of cases) await beijie.leader.endorses(aCase)
    },
  },
  {
    from: 'PUBLIC_NOTICE',
    proceed: async (company, cases) => {
      for (const aCase of cases) await company.beijie.handler.postsNotice(aCase)
      await company.daysPass(8)
      for (const aCase of cases) await company.untilStage(aCase, 'HANDING_UP')
    },
  },
  {
    from: 'HANDING_UP',
    proceed: async ({ beijie }, cases) => {
      for (const aCase of cases) await beijie.handler.handsUp(aCase)
    },
  },
  {
    from: 'COUNTY_REVIEW',
    proceed: async ({ county }, cases) => {
      for (const aCase of cases) await county.handler.reviews(aCase)
    },
  },
  {
    from: 'COUNTY_CONFIRMATION',
    proceed: async ({ county }, cases) => {
      for (const aCase of cases) await county.approver.confirms(aCase)
    },
  },
]

/** New cases of Beijie, brought to a stage by the people whose turn it is. */
export async function casesAt(company: Company, stage: Stage, count: number): Promise<CaseInHand[]> {
  const cases: CaseInHand[] = []
  for (let made = 0; made < count; made += 1) {
    cases.push(await company.beijie.clerk.applies(company.aHousehold().of(2).earning(500_00)))
  }
  return follow(company, cases, { from: 'APPLIED', to: stage })
}

/** Brings cases that stand at one stage to a later one. */
export async function follow(
  company: Company,
  cases: CaseInHand[],
  { from, to }: { from: Stage; to: Stage },
): Promise<CaseInHand[]> {
  const first = legs.findIndex((leg) => leg.from === from)
  const end = legs.findIndex((leg) => leg.from === to)
  for (const { proceed } of legs.slice(first, end === -1 ? legs.length : end)) await proceed(company, cases)
  return cases
}
