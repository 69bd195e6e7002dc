const chinaOffsetMs = 8 * 3_600_000
const dayMs = 86_400_000

/** The date that an institution writes on its papers. A training day may lie in the future; delays stay real. */
export interface WorldClock {
  instant(): string
  day(daysAhead?: number): string
  setOffset(offsetMs: number): void
}

/** A clock that shows the real time until it is moved. */
export function createWorldClock(): WorldClock {
  let offsetMs = 0
  return {
    instant: () => new Date(Date.now() + offsetMs).toISOString(),
    day: (daysAhead = 0) =>
      new Date(Date.now() + offsetMs + chinaOffsetMs + daysAhead * dayMs).toISOString().slice(0, 10),
    setOffset(newOffsetMs) {
      offsetMs = newOffsetMs
    },
  }
}
