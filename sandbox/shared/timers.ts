/** Things to do later, all of which can be called off together. */
export interface Timers {
  after(ms: number, act: () => void): void
  clear(): void
}

/** Opens an empty set of timers. */
export function createTimers(): Timers {
  const running = new Set<NodeJS.Timeout>()
  return {
    after(ms, act) {
      const timer = setTimeout(
        () => {
          running.delete(timer)
          act()
        },
        Math.max(0, ms),
      )
      running.add(timer)
    },
    clear() {
      for (const timer of running) clearTimeout(timer)
      running.clear()
    },
  }
}
