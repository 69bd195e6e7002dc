import { createMatterClient } from '../../../api/matters/matter-client.ts'
import { matterWorkflowId } from '../../../workflows/shared/matter-contract.ts'
import type { Build } from '../build.ts'
import { keepAnswers } from '../centre.ts'
import { openCounter } from '../counter.ts'
import { versionWhen } from '../path.ts'
import type { Site } from '../site.ts'
import { untilVersion } from '../until-version.ts'
import { startWorkerProcess } from '../worker-process.ts'

/** Our build as it is: desk, update, filing as a local activity in the worker's process. */
export async function openOurs({ archive, client, config, profileDir }: Site): Promise<Build> {
  const counter = await openCounter(archive)
  const desk = createMatterClient({ client, archive })
  const worker = await startWorkerProcess({ config, script: 'worker/main.ts', profileDir })
  return {
    prepare: counter.prepare,
    async act(theCase, step) {
      const request = await counter.receive(theCase, step)
      const { matterId } = theCase
      const answer = step.action === 'SUBMIT' ? await desk.submit(matterId, request) : await desk.act(matterId, request)
      if (answer.outcome !== 'FILED') throw new Error(`${step.action} was not filed: ${JSON.stringify(answer)}`)
      theCase.version = answer.version
    },
    async match(theCase) {
      await untilVersion(archive, theCase, versionWhen.matchingRequested)
      await keepAnswers(archive, theCase.matterId)
      await desk.look(theCase.matterId)
      await untilVersion(archive, theCase, versionWhen.matchingAnswered)
    },
    workflowIdOf: (matterId) => matterWorkflowId('ASSISTANCE_CASE', matterId),
    pids: { worker: worker.pid },
    close: worker.stop,
  }
}
