import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '@temporalio/client'
import { addMs, type Instant } from '../../domain/time/plain-date.ts'
import { fastForward, workflowClock } from '../../platform/fast-forward.ts'
import type { Archive } from '../../prisma/client.ts'
import { type CarriedMatter, findCasesUnknownToEngine, openCasesOfEngine } from '../../prisma/stores/matter/matters.ts'
import { readClock, readClockOffset } from '../../prisma/stores/system/clock.ts'
import {
  casesDueBy,
  findUnfinishedClockMoves,
  finishClockMove,
  nextInstantOfAnyCase,
  setTrainingClock,
  writeClockMove,
} from '../../prisma/stores/system/training-clock.ts'
import { matterWorkflowId } from '../../workflows/shared/matter-contract.ts'
import type { InstitutionClocks } from './institution-clocks.ts'

/** The movable clock of a training deployment: same rules, calendar and timers as in earnest, only sooner. */
export type TrainingClock = {
  /** Moves everything to an instant ahead, stopping at each due instant on the way. Returns when all is quiet. */
  moveTo(move: { id: string; targetAt: Instant; requestedBy: string }): Promise<{ now: Instant }>
  /** Takes up moves that a crash cut short, and has the institutions keep the same time. */
  finishInterrupted(): Promise<void>
}

/** What moves the whole deployment ahead, from due instant to due instant. */
export type TrainingClockHook = Pick<TrainingClock, 'moveTo'>

/** Timers wake up to this long after their instant (spread and margin), so each stop lies beyond it. */
const beyondMs = 62_000
const togetherMost = 10
const unknownMost = 1_000
const drainWithinMs = 30_000

export function createTrainingClock(deps: {
  archive: Archive
  client: Client
  institutions: InstitutionClocks
  engineId: () => Promise<string>
  look: (matterId: string) => Promise<void>
}): TrainingClock {
  const { archive, client } = deps
  let last: Promise<unknown> = Promise.resolve()

  async function walkTo(targetAt: Instant): Promise<void> {
    await takeUpUnknownCases()
    await drainCases()
    for (;;) {
      const now = await readClock(archive.db)
      const next = await nextInstantOfAnyCase(archive.db, now)
      const stop = next === null || addMs(next, beyondMs) > targetAt ? targetAt : addMs(next, beyondMs)
      if (stop > now) await setTrainingClock(archive, stop)
      // Before any case goes on: what is asked or sent from now on is dated by the new time.
      await setInstitutionClocks()
      const arrived = stop >= targetAt
      await forEachOpenCase(catchUp, arrived ? null : stop)
      await drainCases(arrived ? null : stop)
      if (arrived) return
    }
  }

  async function setInstitutionClocks(): Promise<void> {
    await deps.institutions.set(Math.round(await readClockOffset(archive.db)))
  }

  /** After an engine was lost, cases that it does not carry yet would be left behind by the move. */
  async function takeUpUnknownCases(): Promise<void> {
    for (const matterId of await findCasesUnknownToEngine(archive.db, await deps.engineId(), unknownMost)) {
      await deps.look(matterId)
    }
  }

  /** Brings one procedure's timers as far as the deployment's clock. Repeating it does nothing: it measures what is left. */
  async function catchUp({ matterId, kind, engineOffsetMs }: CarriedMatter): Promise<void> {
    const where = {
      connection: client.connection,
      namespace: client.options.namespace,
      workflowId: matterWorkflowId(kind, matterId),
    }
    const skippedMs = Math.max(0, (await workflowClock(where)) - Date.now())
    const durationMs = Math.round((await readClockOffset(archive.db)) - engineOffsetMs - skippedMs)
    if (durationMs < 1_000) return
    for (let attempt = 1; ; attempt += 1) {
      const result = await fastForward({ ...where, durationMs, fastForwardId: `${matterId}.${Date.now()}` })
      if (result !== 'busy' || attempt === 3) return
    }
  }

  async function drainCases(dueBy: Instant | null = null): Promise<void> {
    const until = Date.now() + drainWithinMs
    await forEachOpenCase(async (carried) => {
      while (Date.now() < until && (await isBusy(carried))) await pause(100)
    }, dueBy)
  }

  async function isBusy({ matterId, kind }: CarriedMatter): Promise<boolean> {
    const { pendingActivities, pendingWorkflowTask } = await client.workflowService
      .describeWorkflowExecution({
        namespace: client.options.namespace,
        execution: { workflowId: matterWorkflowId(kind, matterId) },
      })
      .catch(() => ({ pendingActivities: [], pendingWorkflowTask: null }))
    return (pendingActivities?.length ?? 0) > 0 || Boolean(pendingWorkflowTask)
  }

  /** With `dueBy`, only those for which something falls due on the way: the others catch up at the end, all at once. */
  async function forEachOpenCase(
    work: (carried: CarriedMatter) => Promise<void>,
    dueBy: Instant | null,
  ): Promise<void> {
    const engine = await deps.engineId()
    for (let after: string | null = null; ; ) {
      const page = await openCasesOfEngine(archive.db, engine, { after, size: togetherMost })
      const ids = page.map(({ matterId }) => matterId)
      const due = dueBy === null ? new Set(ids) : await casesDueBy(archive.db, ids, dueBy)
      await Promise.all(page.filter(({ matterId }) => due.has(matterId)).map(work))
      if (page.length < togetherMost) return
      after = page.at(-1)?.matterId ?? null
    }
  }

  async function move(id: string, targetAt: Instant): Promise<void> {
    await walkTo(targetAt)
    await finishClockMove(archive.db, id)
  }

  /** One at a time: two fast-forwards of one workflow disturb each other. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }

  return {
    async moveTo({ id, targetAt, requestedBy }) {
      await inTurn(async () => {
        await writeClockMove(archive.db, { id, targetAt, requestedBy })
        await move(id, targetAt)
      })
      return { now: await readClock(archive.db) }
    },
    finishInterrupted: () =>
      inTurn(async () => {
        for (const { id, targetAt } of await findUnfinishedClockMoves(archive.db)) await move(id, targetAt)
        await setInstitutionClocks()
      }),
  }
}
