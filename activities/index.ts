import type { Archive } from '../prisma/client.ts'
import type { Activities } from './contract.ts'
import { createDailyRoundActivities } from './daily-round.ts'
import { type FileActInput, fileAct } from './filing/file-act.ts'
import { inTime } from './filing/in-time.ts'
import { lookAtCase } from './filing/look-at-case.ts'
import type { Bank } from './gateways/bank.ts'
import type { MatchingCentre } from './gateways/matching-centre.ts'
import { createMatchingActivities } from './procedures/assistance-case/matching.ts'
import { createPaymentActivities } from './procedures/assistance-case/payments.ts'
import { createRedatingActivities } from './redating.ts'

/** Recorded histories call the matter so, and always will. */
type Wire<Input extends { matterId: string }> = Omit<Input, 'matterId'> & { caseId: string }

/** All activities, given what they need. Tests and processes make them alike. */
export function createActivities(deps: { archive: Archive; centre: MatchingCentre; bank: Bank }): Activities {
  return {
    fileAct: inTime(deps.archive, ({ caseId, ...act }: Wire<FileActInput>, limitMs) =>
      fileAct(deps.archive, { matterId: caseId, ...act }, limitMs),
    ),
    lookAtCase: inTime(deps.archive, ({ caseId }: { caseId: string }, limitMs) =>
      lookAtCase(deps.archive, { matterId: caseId }, limitMs),
    ),
    ...createMatchingActivities(deps),
    ...createPaymentActivities(deps),
    ...createRedatingActivities(deps),
    ...createDailyRoundActivities(deps),
  }
}
