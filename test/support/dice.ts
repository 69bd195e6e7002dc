/** Dice that fall in the same way for the same seed. */
export type Dice = Readonly<{
  seed: number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  pick<T>(things: readonly T[]): T
  /** True that often, from 0 to 1. */
  chance(share: number): boolean
  /** The same things in another order. */
  shuffle<T>(things: readonly T[]): T[]
}>

/** The seed that `CHAOS_SEED` names, or a fresh one. */
export function chooseSeed(): number {
  const { CHAOS_SEED } = process.env
  return CHAOS_SEED ? Number(CHAOS_SEED) : Math.floor(Math.random() * 2 ** 31)
}

export function createDice(seed: number): Dice {
  const next = mulberry32(seed)
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    seed,
    between,
    pick: <T>(things: readonly T[]) => things[between(0, things.length - 1)] as T,
    chance: (share) => next() < share,
    shuffle<T>(things: readonly T[]) {
      const shuffled = [...things]
      for (let last = shuffled.length - 1; last > 0; last -= 1) {
        const other = between(0, last)
        ;[shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T]
      }
      return shuffled
    },
  }
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
