import { type PlainDate, plainDate } from '../time/plain-date.ts'

/** The clauses that carry an assessment and its letter, as cited to households. */
export type LegalBasis = {
  from: PlainDate
  eligibility: string
  members: string
  income: string
  property: string
  matching: string
  amount: string
  category: string
  refusal: string
  declaration: string
  cooperation: string
}

/** Nothing is known of the rules before the first of them. */
export class LegalBasisUnknown extends Error {
  override name = 'LegalBasisUnknown'
  constructor(on: PlainDate) {
    super(`No rules are recorded for ${on}: the earliest are those of ${bases.at(-1)?.from}.`)
  }
}

const measures = '《最低生活保障审核确认办法》'
const from57 = {
  members: `${measures}第七条`,
  income: `${measures}第十二条`,
  property: `${measures}第十四条`,
  matching: `${measures}第十七条、第十八条`,
  amount: `${measures}第二十三条`,
  category: `${measures}第二十三条`,
  declaration: `${measures}第九条、第十八条`,
  cooperation: `${measures}第二十九条`,
} as const

/** Newest first. The Measures (57) stay in force beside the Law; where they differ the Law wins. */
const bases: readonly LegalBasis[] = [
  {
    from: plainDate('2026-07-01'),
    ...from57,
    eligibility: '《社会救助法》第十八条',
    amount: `《社会救助法》第十八条、${measures}第二十三条`,
    refusal: `《社会救助法》第四十五条、${measures}第二十一条`,
  },
  {
    from: plainDate('2021-07-01'),
    ...from57,
    eligibility: '《社会救助暂行办法》第九条',
    refusal: `${measures}第二十一条`,
  },
]

/** The clauses in force on a day. Throws `LegalBasisUnknown` before 1 July 2021. */
export function legalBasisOn(on: PlainDate): LegalBasis {
  const basis = bases.find(({ from }) => from <= on)
  if (!basis) throw new LegalBasisUnknown(on)
  return basis
}
