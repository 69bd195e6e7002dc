import { expect, test } from 'vitest'
import { findFreePort } from '../../platform/embedded/processes.ts'

/** From here on gVisor takes the near ends of connections; Linux, as it comes, from 32768 on. */
const lowestNearEnd = 16_000

test('a port that is found lies below those that connections take, and is found once', async () => {
  const ports = await Promise.all(Array.from({ length: 500 }, findFreePort))
  expect(new Set(ports).size).toBe(ports.length)
  expect(Math.max(...ports)).toBeLessThan(lowestNearEnd)
})
