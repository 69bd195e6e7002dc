import { commonActs } from '../matter/acts.ts'
import { commonActLabels, commonFactLabels, commonStageLabels } from '../matter/labels.ts'
import { caseActLabels, caseFactLabels, caseOutcomeLabels, caseStageLabels } from './assistance-case/labels.ts'
import { caseActs, caseOutcomes, caseStages } from './assistance-case/words.ts'

/** The words of all procedures together, for whatever lists matters of every kind. */

export const stages = [...caseStages, 'CLOSED'] as const
export type Stage = (typeof stages)[number]

export const outcomes = [...caseOutcomes] as const
export type Outcome = (typeof outcomes)[number]

export const actions = [...caseActs, ...commonActs] as const
export type Action = (typeof actions)[number]

export const stageLabels = { ...caseStageLabels, ...commonStageLabels } as const satisfies Record<Stage, string>

export const outcomeLabels = { ...caseOutcomeLabels } as const satisfies Record<Outcome, string>

export const actionLabels = { ...caseActLabels, ...commonActLabels } as const satisfies Record<Action, string>

export const factLabels = { ...caseFactLabels, ...commonFactLabels } as const
export type FactType = keyof typeof factLabels

export const factTypes = Object.keys(factLabels) as FactType[]
