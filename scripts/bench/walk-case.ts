import type { BenchCase } from './bench-case.ts'
import type { Build } from './build.ts'
import { matchingFollows, path, type Step } from './path.ts'

/** What happens between two acts: answers come in, papers are written. */
export async function makeReady(build: Build, theCase: BenchCase, step: Step): Promise<void> {
  const before = path[path.indexOf(step) - 1]
  if (before?.action === matchingFollows) await build.match(theCase)
  await build.prepare(theCase, step)
}

/** A whole case, from application to its end, without a pause. Returns the round trip of each act in milliseconds. */
export async function walkCase(build: Build, theCase: BenchCase): Promise<number[]> {
  const roundTrips: number[] = []
  for (const step of path) {
    await makeReady(build, theCase, step)
    const start = performance.now()
    await build.act(theCase, step)
    roundTrips.push(performance.now() - start)
  }
  return roundTrips
}
