import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type Client, WithStartWorkflowOperation } from '@temporalio/client'
import { actsAt } from '../../domain/procedures/authority.ts'
import { stableId } from '../../platform/stable-id.ts'
import type { Archive } from '../../prisma/client.ts'
import { noteEngine } from '../../prisma/stores/matter/matters.ts'
import { acknowledgeRequest } from '../../prisma/stores/matter/requests.ts'
import { readClock, readClockOffset } from '../../prisma/stores/system/clock.ts'
import {
  type ActRequest,
  type ActResult,
  type MatterInput,
  actUpdate,
  matterWorkflows,
  matterWorkflowId,
  matterIdOf,
  lookSignal,
} from '../../workflows/shared/matter-contract.ts'
import { taskQueues } from '../../workflows/task-queues.ts'
import type { MatterKind, SetUpFault } from '../../domain/vocabulary.ts'
import { type Meaning, meaningOf } from './engine-answers.ts'
import { createTurns } from './turns.ts'

/** The engine gave no answer in time. Whether the act was filed is unknown: send it again under the same request id. */
export class EngineUnavailable extends Error {
  override readonly name: string = 'EngineUnavailable'
}

/** The act failed in a way that nobody foresaw. Send it again as well, but somebody has to look; the message names it. */
export class ActFailed extends EngineUnavailable {
  override readonly name = 'ActFailed'
}

/** The act could not be filed and no repetition helps: something is missing that a person has to set up. */
export class NeedsAPerson extends Error {
  override readonly name = 'NeedsAPerson'

  constructor(fault: SetUpFault, options?: ErrorOptions) {
    super(fault, options)
  }
}

/** Refused by the procedure before it was filed: the last filing said that this is not allowed now. */
export type CourtesyRefusal = { outcome: 'COURTESY_REFUSED'; code: string }

/** The API's only holder of a Temporal client: delivers acts to the workflow of their matter. */
export type MatterClient = {
  /** The first act of a case; starts its procedure. */
  submit(matterId: string, request: ActRequest): Promise<ActResult | CourtesyRefusal>
  /** An act on a case that exists. @throws EngineUnavailable */
  act(matterId: string, request: ActRequest): Promise<ActResult | CourtesyRefusal>
  /** Makes sure that the procedure runs and looks. */
  look(matterId: string): Promise<void>
  /** The engine that answers now; another one after its data was lost. */
  engineId(): Promise<string>
  /** The cases whose procedure runs, as far as the engine's own list knows; it lags a moment behind. */
  carriedCases(): Promise<Set<string>>
}

const answerWithinMs = 12_000
const pauseMs = 200
/**
 * Acts of one case that this process has on their way to its procedure. It takes one after the other, and the engine
 * refuses an eleventh: two processes stay below that, and what more of them send is waited out.
 */
const underWayAtMost = 4

/** How many kinds of matters are remembered. */
const mostKindsKept = 100_000

/** Until when an answer is waited for, and whether the act begins a workflow. */
type Sending = { until: number; opens: boolean }
type Addressed = { kind: MatterKind; matterId: string; opens: boolean }

type Outcome = { answer: ActResult } | Exclude<Meaning, { kind: 'NOT_NOW' }>

export function createMatterClient({ client, archive }: { client: Client; archive: Archive }): MatterClient {
  const turns = createTurns(underWayAtMost)
  const kinds = new Map<string, MatterKind>()

  /** A matter's kind never changes, so that it is read once. @throws EngineUnavailable for one that is not there yet. */
  async function kindOf(matterId: string): Promise<MatterKind> {
    const known = kinds.get(matterId)
    if (known !== undefined) return known
    const row = await archive.db.matter.findUnique({ where: { id: matterId }, select: { kind: true } })
    if (row === null) throw new EngineUnavailable('The matter is not written down')
    if (kinds.size >= mostKindsKept) kinds.clear()
    kinds.set(matterId, row.kind as MatterKind)
    return row.kind as MatterKind
  }

  const startOptions = (kind: MatterKind, input: MatterInput) =>
    ({
      workflowId: matterWorkflowId(kind, input.caseId),
      taskQueue: taskQueues.cases,
      args: [input],
      // A killed worker's task is handed on after this long.
      workflowTaskTimeout: '5s',
    }) as const

  /** Sends an act until the engine has an answer for it. @throws EngineUnavailable at the deadline. */
  async function send(matterId: string, request: ActRequest, { until, opens }: Sending): Promise<Outcome> {
    const turn = await turns.take(matterId, until)
    if (turn === null) throw new EngineUnavailable('Too many acts of this case are under way')
    try {
      return await sendInTurn(matterId, request, { until, opens })
    } finally {
      turn()
    }
  }

  async function sendInTurn(matterId: string, request: ActRequest, { until, opens }: Sending): Promise<Outcome> {
    const kind = await kindOf(matterId)
    let updateId = updateIdOf(request)
    let failed = false
    for (;;) {
      try {
        return { answer: await client.withDeadline(until, () => update({ kind, matterId, opens }, request, updateId)) }
      } catch (error) {
        const meaning = meaningOf(error)
        const isRemembered = meaning.kind === 'SET_UP' || meaning.kind === 'UNFORESEEN'
        if (meaning.kind !== 'NOT_NOW' && !(isRemembered && !failed)) return meaning
        if (Date.now() + pauseMs > until) throw new EngineUnavailable('No answer in time', { cause: error })
        if (isRemembered) {
          // A failure may be yesterday's: under its id the engine tells it for ever, whatever was mended since.
          failed = true
          updateId = randomUUID()
        } else await pause(pauseMs)
      }
    }
  }

  /** The first act of a matter starts its workflow; every other one finds it running. */
  function update(to: Addressed, request: ActRequest, updateId: string): Promise<ActResult> {
    const { kind, matterId, opens } = to
    if (!opens) {
      const handle = client.workflow.getHandle(matterWorkflowId(kind, matterId))
      return handle.executeUpdate(actUpdate, { updateId, args: [request] })
    }
    const startWorkflowOperation = new WithStartWorkflowOperation(matterWorkflows[kind].type, {
      ...startOptions(kind, { caseId: matterId, withAct: true }),
      workflowIdConflictPolicy: 'USE_EXISTING',
    })
    return client.workflow.executeUpdateWithStart(actUpdate, { startWorkflowOperation, updateId, args: [request] })
  }

  async function act(matterId: string, request: ActRequest, opens = false): Promise<ActResult | CourtesyRefusal> {
    const until = Date.now() + answerWithinMs
    let outcome = await send(matterId, request, { until, opens })
    if ('kind' in outcome && outcome.kind === 'NOT_THERE') {
      const { closed, dormant } = await standingOf(matterId)
      if (closed) return { outcome: 'COURTESY_REFUSED', code: 'caseClosed' }
      // Nobody has acted on it yet: this act begins its workflow.
      if (dormant) return open(matterId, request)
      // The database has the matter and the engine does not: it lost its data.
      await look(matterId)
      outcome = await send(matterId, request, { until, opens })
    }
    if (isRefused(outcome) && (await archiveAllows(matterId, request))) {
      await look(matterId)
      outcome = await send(matterId, request, { until, opens })
      // Told to look and asked in one moment, the procedure may answer before it has looked.
      while (isRefused(outcome) && Date.now() + pauseMs < until && (await archiveAllows(matterId, request))) {
        await pause(pauseMs)
        outcome = await send(matterId, request, { until, opens })
      }
    }
    const answer = tell(outcome)
    // Left out, the sweep reminds the procedure once for nothing; the answer does not wait for this.
    if (answer.outcome !== 'COURTESY_REFUSED') acknowledge(request).catch(() => undefined)
    return answer
  }

  /** An act with which a workflow begins; the database is told which engine carries the matter. */
  async function open(matterId: string, request: ActRequest): Promise<ActResult | CourtesyRefusal> {
    const clockOffsetMs = await readClockOffset(archive.db)
    const answer = await act(matterId, request, true)
    if (answer.outcome === 'FILED')
      await noteEngine(archive.db, matterId, { engineId: await engineId(), clockOffsetMs })
    return answer
  }

  async function standingOf(matterId: string): Promise<{ closed: boolean; dormant: boolean }> {
    const select = { closedAt: true, dormant: true } as const
    const row = await archive.db.matter.findUnique({ where: { id: matterId }, select })
    return { closed: row !== null && row.closedAt !== null, dormant: row?.dormant === true }
  }

  /** The courtesy can be behind the archive when a filing was never acknowledged; then the archive is right. */
  async function archiveAllows(matterId: string, { action }: ActRequest): Promise<boolean> {
    const row = await archive.db.matter.findUnique({ where: { id: matterId }, select: { kind: true, stage: true } })
    return row !== null && actsAt(row.kind, row.stage).includes(action)
  }

  async function acknowledge(request: ActRequest): Promise<void> {
    await acknowledgeRequest(archive.db, request, await readClock(archive.db))
  }

  async function look(matterId: string): Promise<void> {
    const clockOffsetMs = await readClockOffset(archive.db)
    const kind = await kindOf(matterId)
    const options = { ...startOptions(kind, { caseId: matterId }), signal: lookSignal }
    await client.workflow.signalWithStart(matterWorkflows[kind].type, options)
    await noteEngine(archive.db, matterId, { engineId: await engineId(), clockOffsetMs })
  }

  async function engineId(): Promise<string> {
    const { namespaceInfo } = await client.workflowService.describeNamespace({ namespace: client.options.namespace })
    return namespaceInfo?.id ?? ''
  }

  async function carriedCases(): Promise<Set<string>> {
    const carried = new Set<string>()
    const types = Object.values(matterWorkflows).map(({ type }) => `'${type}'`)
    const query = `WorkflowType IN (${types.join(', ')}) AND ExecutionStatus = 'Running'`
    for await (const { workflowId } of client.workflow.list({ query, pageSize: 1000 }))
      carried.add(matterIdOf(workflowId))
    return carried
  }

  return {
    submit: open,
    act: async (matterId, request) => act(matterId, request),
    look,
    engineId,
    carriedCases,
  }
}

/** Half the length is ample within one workflow, and the engine writes it down five times for each act. */
function updateIdOf({ officerId, requestId }: ActRequest): string {
  return stableId(officerId, requestId).slice(0, 16)
}

function isRefused(outcome: Outcome): boolean {
  return 'kind' in outcome && outcome.kind === 'REFUSED'
}

function tell(outcome: Outcome): ActResult | CourtesyRefusal {
  if ('answer' in outcome) return outcome.answer
  switch (outcome.kind) {
    case 'REFUSED':
      return { outcome: 'COURTESY_REFUSED', code: outcome.code }
    case 'SET_UP':
      throw new NeedsAPerson(outcome.name)
    case 'NOT_THERE':
      throw new EngineUnavailable('The procedure is not up yet')
    case 'UNFORESEEN':
      throw new ActFailed(outcome.name)
  }
}
