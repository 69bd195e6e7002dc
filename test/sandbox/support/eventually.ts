import { setTimeout as delay } from 'node:timers/promises'

/** Asks until the answer is a yes, for at most five seconds. */
export async function eventually(ask: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + 5_000
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Error('It did not come about within five seconds.')
    await delay(10)
  }
}
