import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Archive } from '../../prisma/client.ts'
import { readBacklog } from '../../prisma/stores/oversight/backlog.ts'
import { countEngineAlarms } from '../../prisma/stores/oversight/engine-alarms.ts'
import { countKeptHistories } from '../../prisma/stores/system/kept-histories.ts'
import { readSealAgeSeconds } from '../../prisma/stores/system/seals.ts'
import type { ActRequest } from '../../workflows/shared/matter-contract.ts'
import { ActFailed, type MatterClient, EngineUnavailable, NeedsAPerson } from '../matters/matter-client.ts'

/** The figures of a counter: what stands, read from the archive when it is asked for, and the acts that this process sent. */
export type CounterMetrics = { registry: Registry; measured(desk: MatterClient): MatterClient }

/** An act takes some hundredths of a second in peace; at twelve it is given up. */
const actSeconds = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 12]

export function createCounterMetrics(archive: Archive): CounterMetrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  addStandingFigures(registry, archive)
  const labelNames = ['action', 'outcome'] as const
  const acts = new Counter({
    name: 'jiuzhu_acts_total',
    help: 'Acts that this process handed to the engine, by what became of them',
    labelNames,
    registers: [registry],
  })
  const durations = new Histogram({
    name: 'jiuzhu_act_seconds',
    help: 'How long an act took from the counter to its answer, waiting for its turn included',
    labelNames,
    buckets: actSeconds,
    registers: [registry],
  })

  function timed(send: MatterClient['act']): MatterClient['act'] {
    return async (matterId, request: ActRequest) => {
      const end = durations.startTimer({ action: request.action })
      const tell = (outcome: string) => {
        end({ outcome })
        acts.inc({ action: request.action, outcome })
      }
      try {
        const answer = await send(matterId, request)
        tell(answer.outcome)
        return answer
      } catch (error) {
        tell(outcomeOf(error))
        throw error
      }
    }
  }

  return {
    registry,
    measured: (desk) => ({
      ...desk,
      act: timed((matterId, request) => desk.act(matterId, request)),
      submit: timed((matterId, request) => desk.submit(matterId, request)),
    }),
  }
}

function addStandingFigures(registry: Registry, archive: Archive): void {
  const registers = [registry]
  const gauge = (name: string, help: string, read: () => Promise<number>) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await read())
      },
    })
  const backlog = () => readBacklog(archive.db)
  const standing = () => countEngineAlarms(archive.db)
  gauge('jiuzhu_unanswered_requests', 'Acts written down and not answered', async () => {
    return (await backlog()).unansweredRequests
  })
  gauge(
    'jiuzhu_oldest_unanswered_request_seconds',
    'Age of the oldest act that is not filed; 0 without one',
    async () => {
      return (await backlog()).oldestRequestSeconds ?? 0
    },
  )
  gauge('jiuzhu_untaken_callbacks', 'Callbacks that no procedure has taken', async () => {
    return (await backlog()).untakenCallbacks
  })
  gauge('jiuzhu_oldest_untaken_callback_seconds', 'Age of the oldest callback not taken; 0 without one', async () => {
    return (await backlog()).oldestCallbackSeconds ?? 0
  })
  gauge('jiuzhu_set_aside_items', 'What was set aside and nobody has seen to yet', async () => {
    return (await backlog()).setAsideItems
  })
  gauge('jiuzhu_failing_procedures', 'Workflows whose task fails again and again', async () => {
    return (await standing()).PROCEDURE_STUCK
  })
  gauge('jiuzhu_replacing_stopped', '1 while no procedure is replaced because too many were', async () => {
    return (await standing()).REPLACING_STOPPED
  })
  gauge('jiuzhu_cases_with_failed_acts', 'Cases in which an act failed in a way that nobody foresaw', async () => {
    return (await standing()).ACT_FAILED
  })
  gauge(
    'jiuzhu_seal_overdue',
    '1 while the last day that is over is in no seal, or the file lacks the last seal',
    async () => {
      return (await standing()).SEAL_OVERDUE
    },
  )
  gauge('jiuzhu_seal_age_seconds', 'Age of the last seal; without one, of the audit', async () => {
    return readSealAgeSeconds(archive.db)
  })
  new Gauge({
    name: 'jiuzhu_replaced_procedures',
    help: 'Workflows replaced from the archive since it was made, by type',
    labelNames: ['type'],
    registers,
    async collect() {
      for (const { workflowType, count } of await countKeptHistories(archive.db))
        this.set({ type: workflowType }, count)
    },
  })
}

function outcomeOf(error: unknown): string {
  if (error instanceof ActFailed) return 'FAILED'
  if (error instanceof EngineUnavailable) return 'NO_ANSWER'
  return error instanceof NeedsAPerson ? 'SET_UP_INCOMPLETE' : 'ERROR'
}
