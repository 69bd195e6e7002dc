import { condition, proxyActivities, setHandler } from '@temporalio/workflow'
import type { ActRequest } from '../../../workflows/shared/matter-contract.ts'
import type { UsualActivities } from './activities.ts'
import { actSignal, answersSignal, type UsualCaseInput } from './contract.ts'

const stepLimit = '3 days'

const { fileAct, lookAtCase, requestMatching, notify } = proxyActivities<UsualActivities>({
  startToCloseTimeout: '15 seconds',
})

/** The approval as samples show it: a signal for each act, a timer raced against it, an activity for each effect. */
export async function usualCaseWorkflow({ matterId }: UsualCaseInput): Promise<void> {
  const acts: ActRequest[] = []
  let answersArrived = false
  let stage = 'APPLIED'
  setHandler(actSignal, (act) => void acts.push(act))
  setHandler(answersSignal, () => {
    answersArrived = true
  })

  while (stage !== 'CLOSED') {
    await condition(() => acts.length > 0 || answersArrived, stepLimit)
    if (answersArrived) {
      answersArrived = false
      await lookAtCase({ caseId: matterId })
    }
    const act = acts.shift()
    if (act === undefined) continue
    const { officerId, requestId } = act
    const filed = await fileAct({ caseId: matterId, officerId, requestId, knownVersion: Number.MAX_SAFE_INTEGER })
    stage = filed.standing.stage
    await notify({ matterId, requestId })
    if (act.action === 'ACCEPT') await requestMatching({ caseId: matterId })
  }
}
