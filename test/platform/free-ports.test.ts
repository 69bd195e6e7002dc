import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { findFreePort } from '../../platform/embedded/processes.ts'

const rangeFile = '/proc/sys/net/ipv4/ip_local_port_range'
const lowestNearEndOfGvisor = 16_000

test('a port that is found lies below those that connections take, and is found once', async () => {
  const ports = await Promise.all(Array.from({ length: 500 }, findFreePort))
  expect(new Set(ports).size).toBe(ports.length)
  expect(Math.max(...ports)).toBeLessThan(Math.min(lowestNearEndOfGvisor, lowestNearEndHere()))
})

function lowestNearEndHere(): number {
  return existsSync(rangeFile) ? Number.parseInt(readFileSync(rangeFile, 'utf8'), 10) : lowestNearEndOfGvisor
}
