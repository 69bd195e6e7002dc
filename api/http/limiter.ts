/** Counts what one key does within a window of real time. */
export type Limiter = {
  /** Counts one and says whether it is still within the limit. */
  take(key: string): boolean
  /** Whether one more would be within the limit, without counting it. */
  allows(key: string): boolean
}

const sweepAbove = 10_000

/**
 * A counter per key that starts anew with each window. It lives in this process; several processes allow that many times
 * as much.
 */
export function createLimiter(options: { limit: number; windowMs: number; now: () => Date }): Limiter {
  const { limit, windowMs, now } = options
  const windows = new Map<string, { endsAt: number; count: number }>()

  const current = (key: string) => {
    const at = now().getTime()
    const known = windows.get(key)
    if (known && known.endsAt > at) return known
    if (windows.size > sweepAbove) forgetEnded(windows, at)
    const fresh = { endsAt: at + windowMs, count: 0 }
    windows.set(key, fresh)
    return fresh
  }
  return {
    take: (key) => {
      const window = current(key)
      window.count += 1
      return window.count <= limit
    },
    allows: (key) => current(key).count < limit,
  }
}

function forgetEnded(windows: Map<string, { endsAt: number }>, at: number): void {
  for (const [key, { endsAt }] of windows) if (endsAt <= at) windows.delete(key)
}
