import { z } from 'zod'
import { CommonFaults, DelayMs, FaultSettings } from '../shared/fault-plan.ts'
import { type Source, sources } from './messages.ts'

const sourceList = z.array(z.enum(sources)).default([])

/** The fault plan of the centre: the common one, how late the sources are, and which of them are not well. */
export const CentreFaults = CommonFaults.extend({
  /** A number staggers the sources by that much each; a table says when each answers (those not in it at once). */
  perSourceDelayMs: z.union([DelayMs, z.partialRecord(z.enum(sources), DelayMs)]),
  faults: FaultSettings.extend({
    /** Says that it has no answer. */
    noAnswerFrom: sourceList,
    /** Says that it has no answer, and answers after all one delay later. */
    noAnswerFirstFrom: sourceList,
    /** Says nothing until it is taken off this list. */
    silentFrom: sourceList,
  }).prefault({}),
})
export type CentreFaults = z.infer<typeof CentreFaults>

/** How long the source at this place of a request takes. */
export function sourceDelayMs(plan: CentreFaults, source: Source, index: number): number {
  const { perSourceDelayMs } = plan
  return typeof perSourceDelayMs === 'number' ? perSourceDelayMs * (index + 1) : (perSourceDelayMs[source] ?? 0)
}
