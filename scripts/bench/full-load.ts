import type { BenchCase } from './bench-case.ts'
import type { Build } from './build.ts'
import { walkCase } from './walk-case.ts'

export type FullLoad = { casesPerSecond: number; seconds: number; roundTrips: number[] }

/** Walks all cases, so many at a time: the next begins where one ends. */
export async function runFullLoad(build: Build, cases: readonly BenchCase[], inFlight: number): Promise<FullLoad> {
  const waiting = [...cases]
  const roundTrips: number[] = []
  const start = performance.now()
  const walker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) roundTrips.push(...(await walkCase(build, next)))
  }
  await Promise.all(Array.from({ length: inFlight }, walker))
  const seconds = (performance.now() - start) / 1000
  return { casesPerSecond: cases.length / seconds, seconds, roundTrips }
}
