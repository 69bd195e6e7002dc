/** Things to do later, all of which can be called off together. */
export interface Timers {
  after(ms: number, act: () => Promise<void> | void): void
  clear(): void
}

/** Opens an empty set of timers; nobody waits for what they do, so its failure is told to `onFailure`. */
export function createTimers(onFailure: (error: unknown) => void): Timers {
  const running = new Set<NodeJS.Timeout>()
  return {
    after(ms, act) {
      const timer = setTimeout(
        () => {
          running.delete(timer)
          ;(async () => act())().catch(onFailure)
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
