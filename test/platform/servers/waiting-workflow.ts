import { condition, defineQuery, defineSignal, proxyActivities, setHandler, sleep } from '@temporalio/workflow'

/** Waits some days, then reports the instant it woke at; the smallest thing whose time can be moved. */
export const wokeAtQuery = defineQuery<number>('wokeAt')
export const finishSignal = defineSignal('finish')

export async function waitingWorkflow(days: number): Promise<string> {
  let wokeAt = 0
  let finished = false
  setHandler(wokeAtQuery, () => wokeAt)
  setHandler(finishSignal, () => void (finished = true))
  await sleep(days * 86_400_000)
  wokeAt = Date.now()
  await condition(() => finished)
  return 'finished'
}

export async function failingWorkflow(secret: string): Promise<void> {
  const { fail } = proxyActivities<{ fail(secret: string): Promise<void> }>({
    startToCloseTimeout: '10s',
    retry: { maximumAttempts: 1 },
  })
  await fail(secret)
}
