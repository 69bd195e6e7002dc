import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import type { Logger } from 'pino'
import type { Archive } from '../../prisma/client.ts'
import { isCaseClosed } from '../../prisma/stores/matter/case-status.ts'
import {
  casesThatActAgain,
  clearEngineAlarm,
  raiseEngineAlarm,
  replacing,
  standingEngineAlarms,
} from '../../prisma/stores/oversight/engine-alarms.ts'
import {
  findUnfinishedReplacements,
  keepHistory,
  noteReplaced,
  type Permit,
  permitFor,
} from '../../prisma/stores/system/kept-histories.ts'
import { matterWorkflows, matterIdOf } from '../../workflows/shared/matter-contract.ts'
import { calendarRedatingType } from '../../workflows/calendar-redating/contract.ts'
import { dailyRoundType } from '../../workflows/daily-round/contract.ts'
import type { MatterClient } from './matter-client.ts'
import { findStuckProcedure, findStuckProcedures, type StuckProcedure } from './stuck-procedures.ts'

export type FenceDeps = {
  archive: Archive
  client: Client
  desk: MatterClient
  log: Logger
  startOwedRedating: () => Promise<void>
  startOwedDailyRound: () => Promise<void>
}

/**
 * One round of the second fence. A procedure whose task fails again and again is told as an alarm. One that cannot be
 * replayed is replaced from the archive with its history kept first, a few a minute; when there are many, it is the release
 * that is wrong, and nothing more is replaced until an administrator says so. What fails of anything else is for a person. May be done twice, and by
 * several processes at once.
 */
export async function guardProcedures(deps: FenceDeps): Promise<void> {
  await finishReplacements(deps)
  for (const procedure of await findStuckProcedures(deps.client)) {
    // One that cannot be told or kept must not keep the others waiting.
    await tellAndReplace(deps, procedure).catch((error: unknown) =>
      deps.log.warn({ err: error, workflowId: procedure.workflowId }, 'a stuck procedure is left for the next round'),
    )
  }
  await finishReplacements(deps)
  await clearWhatIsOver(deps)
}

async function tellAndReplace(deps: FenceDeps, procedure: StuckProcedure): Promise<void> {
  const { archive, log } = deps
  const { workflowId, matterId, cause, isNondeterministic } = procedure
  const isNews = await raiseEngineAlarm(archive, { kind: 'PROCEDURE_STUCK', subject: workflowId, matterId })
  const permit = isNondeterministic && isOurs(procedure) ? await keepBeforeReplacing(deps, procedure) : 'FOR_A_PERSON'
  if (isNews) log.error({ workflowId, cause, permit }, 'a procedure is stuck')
  if (permit === 'STOPPED') {
    const stops = await raiseEngineAlarm(archive, { kind: 'REPLACING_STOPPED', subject: replacing, matterId: null })
    if (stops) log.error('replacing has stopped: look whether the release can replay what the one before it began')
  }
}

async function keepBeforeReplacing({ archive, client }: FenceDeps, procedure: StuckProcedure): Promise<Permit> {
  const { isNondeterministic: _known, ...run } = procedure
  // A bad release makes hundreds of them: no history is read that would not be kept.
  const permit = await permitFor(archive.db, run)
  if (permit !== 'GRANTED') return permit
  const history = await client.workflow.getHandle(run.workflowId, run.runId).fetchHistory()
  return keepHistory(archive, {
    ...run,
    events: history.events?.length ?? 0,
    historyGzip: new Uint8Array(await promisify(gzip)(historyToJSON(history))),
  })
}

/** Ends each run whose history is kept and starts another one; also those whose replacement a crash cut short. */
async function finishReplacements(deps: FenceDeps): Promise<void> {
  const { archive, client, log } = deps
  for (const { runId, workflowId, workflowType } of await findUnfinishedReplacements(archive.db)) {
    try {
      // The run and no other: by now a sound one may bear the same id.
      await client.workflow.getHandle(workflowId, runId).terminate('replaced from the archive').catch(unlessItIsGone)
      await startAnew[workflowType]?.(deps, workflowId)
      await noteReplaced(archive.db, runId)
      log.warn({ workflowId, runId }, 'a procedure was replaced from the archive')
    } catch (error) {
      log.warn({ err: error, workflowId }, 'a replacement will be finished later')
    }
  }
}

/** How each kind of procedure begins anew: from its row, which says what is left to do. */
const startAnew: Readonly<Record<string, (deps: FenceDeps, workflowId: string) => Promise<unknown>>> = {
  ...Object.fromEntries(Object.values(matterWorkflows).map(({ type }) => [type, lookAgain])),
  [calendarRedatingType]: ({ startOwedRedating }: FenceDeps) => startOwedRedating(),
  [dailyRoundType]: ({ startOwedDailyRound }: FenceDeps) => startOwedDailyRound(),
}

async function lookAgain({ archive, desk }: FenceDeps, workflowId: string): Promise<void> {
  const matterId = matterIdOf(workflowId)
  if (!(await isCaseClosed(archive.db, matterId))) await desk.look(matterId)
}

function isOurs({ workflowType }: StuckProcedure): boolean {
  return workflowType in startAnew
}

/** A new run that nothing is reported of yet counts as sound; should it fail as well, it is told again. */
async function clearWhatIsOver({ archive, client }: FenceDeps): Promise<void> {
  let someCannotBeReplayed = false
  for (const { subject } of await standingEngineAlarms(archive.db, 'PROCEDURE_STUCK')) {
    const stuck = await findStuckProcedure(client, subject)
    if (stuck === null) await clearEngineAlarm(archive, { kind: 'PROCEDURE_STUCK', subject })
    else if (stuck.isNondeterministic) someCannotBeReplayed = true
  }
  // With every history replayed again the release is sound; otherwise an administrator has to say so.
  if (!someCannotBeReplayed) await clearEngineAlarm(archive, { kind: 'REPLACING_STOPPED', subject: replacing })
  for (const matterId of await casesThatActAgain(archive.db))
    await clearEngineAlarm(archive, { kind: 'ACT_FAILED', subject: matterId })
}

function unlessItIsGone(error: unknown): void {
  if (!(error instanceof WorkflowNotFoundError)) throw error
}
