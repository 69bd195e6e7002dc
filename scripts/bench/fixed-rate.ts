import { setTimeout as sleep } from 'node:timers/promises'
import type { BenchCase } from './bench-case.ts'
import type { Build } from './build.ts'
import { path } from './path.ts'
import { makeReady } from './walk-case.ts'

/** Between two acts of one case there is at least this much, for the papers and answers in between. */
const gapSeconds = 1.6

/** How many cases run beside each other at a rate, and how many rounds of them fill the time. */
export function roundsOf({ rate, seconds }: { rate: number; seconds: number }) {
  const abreast = Math.max(path.length, Math.ceil(rate * gapSeconds))
  return { abreast, rounds: Math.max(1, Math.round((rate * seconds) / (abreast * path.length))) }
}

/**
 * Acts arrive on the stroke, whether or not those before them are answered. The round trip counts from the instant at
 * which an act was to come, so that waiting behind a slow one is not left out.
 */
export async function runFixedRate(build: Build, cases: readonly BenchCase[], rate: number): Promise<number[]> {
  const { abreast } = roundsOf({ rate, seconds: 0 })
  const roundTrips: number[] = []
  const turns: Promise<void>[] = []
  const start = performance.now() + 500
  let arrivals = 0
  for (let first = 0; first < cases.length; first += abreast) {
    const round = cases.slice(first, first + abreast)
    const before = new Map(round.map((theCase) => [theCase, Promise.resolve()]))
    for (const step of path) {
      for (const theCase of round) {
        const dueAt = start + (arrivals / rate) * 1000
        arrivals += 1
        const turn = (before.get(theCase) as Promise<void>).then(async () => {
          await makeReady(build, theCase, step)
          await sleepUntil(dueAt)
          await build.act(theCase, step)
          roundTrips.push(performance.now() - dueAt)
        })
        before.set(theCase, turn)
        turns.push(turn)
      }
    }
  }
  await Promise.all(turns)
  return roundTrips
}

async function sleepUntil(at: number): Promise<void> {
  const ms = at - performance.now()
  if (ms > 0) await sleep(ms)
}
