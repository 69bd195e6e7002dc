import type { Archive } from '../prisma/client.ts'
import { finishRedating } from '../prisma/stores/rules/finish-redating.ts'
import {
  casesMovedEarlier,
  haveEarlierTransactionsEnded,
  isCalendarBehind,
  readTransactionMark,
  redateNextCases,
} from '../prisma/stores/rules/redating-batches.ts'
import type { RedatingActivities } from './contract.ts'
import { lookAtCase } from './filing/look-at-case.ts'

/** Cases whose due dates are moved in one transaction: people who file in one of them wait for less than a second. */
const casesTogether = 200
const looksTogether = 25

/** A new calendar's way through the open due dates, set-wide; each step may be done twice. */
export function createRedatingActivities({ archive }: { archive: Archive }): RedatingActivities {
  const { db } = archive
  return {
    markRedating: async () => readTransactionMark(db),
    async redateCases({ redatingId, after }) {
      const batch = await redateNextCases(archive, { redatingId, after, size: casesTogether })
      // What was due before the calendar came is a breach, which only filing records.
      for (const matterId of batch.missedMatterIds) await lookAtCase(archive, { matterId })
      return { after: batch.after, moved: batch.moved, missed: batch.missedMatterIds.length }
    },
    async finishRedating({ redatingId, mark, missed }) {
      if (!(await haveEarlierTransactionsEnded(db, mark)) || (await isCalendarBehind(db))) return false
      await finishRedating(archive, { redatingId, missed })
      return true
    },
    async listMovedEarlier({ redatingId, after: mark }) {
      const after = mark === null ? null : { toDueAt: mark.toDueAt, matterId: mark.caseId }
      const moved = await casesMovedEarlier(db, redatingId, { after, size: looksTogether })
      const cases = moved.map(({ toDueAt, matterId: caseId }) => ({ toDueAt, caseId }))
      return { cases, after: cases.length < looksTogether ? null : (cases.at(-1) ?? null) }
    },
  }
}
