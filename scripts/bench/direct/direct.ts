import { createBank } from '../../../activities/gateways/bank.ts'
import { createMatchingCentre } from '../../../activities/gateways/matching-centre.ts'
import { fileAct } from '../../../activities/filing/file-act.ts'
import { lookAtCase } from '../../../activities/filing/look-at-case.ts'
import { createActivities } from '../../../activities/index.ts'
import type { Build } from '../build.ts'
import { keepAnswers } from '../centre.ts'
import { openCounter } from '../counter.ts'
import type { Site } from '../site.ts'

const timeoutMs = 10_000

/** Our filing called in place, without an engine: what is left is what judging and filing cost by themselves. */
export async function openDirect({ archive, hands, config }: Site): Promise<Build> {
  const counter = await openCounter(archive)
  const { matchingCentre, bank } = config
  const activities = createActivities({
    archive: hands,
    centre: createMatchingCentre({ url: matchingCentre.url, token: matchingCentre.apiToken, timeoutMs }),
    bank: createBank({ url: bank.url, token: bank.apiToken, timeoutMs }),
  })
  return {
    prepare: counter.prepare,
    async act(theCase, step) {
      const { officerId, requestId } = await counter.receive(theCase, step)
      const { matterId, version: knownVersion } = theCase
      const answer = await fileAct(hands, { matterId, officerId, requestId, knownVersion })
      if (answer.outcome !== 'FILED') throw new Error(`${step.action} was not filed: ${JSON.stringify(answer)}`)
      theCase.version = answer.standing.version
    },
    async match(theCase) {
      const { matterId } = theCase
      await activities.requestMatching({ caseId: matterId })
      await keepAnswers(archive, matterId)
      theCase.version = (await lookAtCase(hands, { matterId })).version
    },
    pids: {},
    close: async () => {},
  }
}
