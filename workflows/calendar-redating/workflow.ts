import { continueAsNew, getExternalWorkflowHandle, sleep, workflowInfo } from '@temporalio/workflow'
import type { RedatedCases } from '../../activities/contract.ts'
import { matterWorkflowId, lookSignal } from '../shared/matter-contract.ts'
import { redate } from '../shared/activities.ts'
import type { CalendarRedatingInput } from './contract.ts'

/** Between two walks something has to end first: a filing, or a transaction that began before the calendar came. */
const walkAgainAfter = '1 second'
/** Twenty-five procedures a second leave the engine to the people who work meanwhile. */
const wakeMoreAfter = '1 second'

/**
 * A new calendar on its way through the open due dates: all rows first, set-wide; then those procedures are told to look
 * whose date moved earlier, soonest first. A date that moves later needs no telling: the timer that was set for the
 * earlier one looks, and is told how long it still is.
 */
export async function calendarRedatingWorkflow(input: CalendarRedatingInput): Promise<void> {
  if (input.wokenUntil === undefined) await moveAll(input.redatingId)
  await wakeMovedEarlier(input)
}

async function moveAll(redatingId: string): Promise<void> {
  const mark = await redate.markRedating({ redatingId })
  for (let missed = 0; ; ) {
    missed += await walk(redatingId)
    if (await redate.finishRedating({ redatingId, mark, missed })) return
    await sleep(walkAgainAfter)
  }
}

/** Once through all cases; those in which somebody is filing are left for the next walk. */
async function walk(redatingId: string): Promise<number> {
  let missed = 0
  let after: string | null = null
  do {
    const batch: RedatedCases = await redate.redateCases({ redatingId, after })
    missed += batch.missed
    after = batch.after
  } while (after !== null)
  return missed
}

async function wakeMovedEarlier({ redatingId, wokenUntil }: CalendarRedatingInput): Promise<void> {
  for (let after = wokenUntil ?? null; ; ) {
    const page = await redate.listMovedEarlier({ redatingId, after })
    await Promise.all(page.cases.map(async ({ caseId }) => wake(caseId)))
    after = page.after
    if (after === null) return
    await sleep(wakeMoreAfter)
    if (workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof calendarRedatingWorkflow>({ redatingId, wokenUntil: after })
  }
}

/** A procedure that the engine does not have is started by the sweep, and looks first of all. */
async function wake(caseId: string): Promise<void> {
  const handle = getExternalWorkflowHandle(matterWorkflowId('ASSISTANCE_CASE', caseId))
  await handle.signal(lookSignal).catch(() => undefined)
}
