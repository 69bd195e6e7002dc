import { setTimeout as delay } from 'node:timers/promises'

/** Asks until the answer is a yes, for at most half a minute: a busy machine may be slow. */
export async function eventually(ask: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = Date.now() + 30_000
  while (!(await ask())) {
    if (Date.now() > deadline) throw new Error('It did not come about within half a minute.')
    await delay(10)
  }
}
