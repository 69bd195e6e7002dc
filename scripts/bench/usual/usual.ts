import { setTimeout as sleep } from 'node:timers/promises'
import type { StoredAnswer } from '../../../prisma/stores/matter/requests.ts'
import { getRequest } from '../../../prisma/stores/matter/requests.ts'
import type { ActRequest } from '../../../workflows/shared/matter-contract.ts'
import type { Build } from '../build.ts'
import { keepAnswers } from '../centre.ts'
import { openCounter } from '../counter.ts'
import { versionWhen } from '../path.ts'
import type { Site } from '../site.ts'
import { untilVersion } from '../until-version.ts'
import { startWorkerProcess } from '../worker-process.ts'
import { actSignal, answersSignal, usualCaseType, usualCaseWorkflowId, usualTaskQueue } from './contract.ts'

const everyMs = 20
const patienceMs = 60_000

/**
 * The usual build: signals in, regular activities for every effect, and a counter that asks until the outcome is there.
 * It asks the archive, because a query would wake the worker each time.
 */
export async function openUsual({ archive, client, config }: Site): Promise<Build> {
  const counter = await openCounter(archive)
  const worker = await startWorkerProcess({ config, script: 'scripts/bench/usual/worker.ts', profileDir: null })

  async function outcomeOf(request: ActRequest): Promise<StoredAnswer> {
    const start = performance.now()
    while (performance.now() - start < patienceMs) {
      const { answer } = await getRequest(archive.db, request)
      if (answer !== null) return answer as StoredAnswer
      await sleep(everyMs)
    }
    throw new Error(`${request.action} got no answer within ${patienceMs} ms`)
  }

  return {
    prepare: counter.prepare,
    async act(theCase, step) {
      const request = await counter.receive(theCase, step)
      const { matterId } = theCase
      const workflowId = usualCaseWorkflowId(matterId)
      if (step.action === 'SUBMIT') {
        await client.workflow.signalWithStart(usualCaseType, {
          workflowId,
          taskQueue: usualTaskQueue,
          args: [{ matterId }],
          signal: actSignal,
          signalArgs: [request],
        })
      } else await client.workflow.getHandle(workflowId).signal(actSignal, request)
      const answer = await outcomeOf(request)
      if (answer.outcome !== 'FILED') throw new Error(`${step.action} was not filed: ${JSON.stringify(answer)}`)
      theCase.version = answer.version
    },
    async match(theCase) {
      await untilVersion(archive, theCase, versionWhen.matchingRequested)
      await keepAnswers(archive, theCase.matterId)
      await client.workflow.getHandle(usualCaseWorkflowId(theCase.matterId)).signal(answersSignal)
      await untilVersion(archive, theCase, versionWhen.matchingAnswered)
    },
    workflowIdOf: usualCaseWorkflowId,
    pids: { worker: worker.pid },
    close: worker.stop,
  }
}
