import { fault } from './problem.ts'

/** Checked at a time: each takes a thread and 19 MB for some hundredths of a second, and the others want to work, too. */
const atOnce = 2
/** Longest line before them; whoever comes later is better told to come again. */
const longestLine = 500

/** Runs a check as soon as there is room for it, in the order of arrival. @throws tryAgain when the line is too long. */
export type InSlot = <T>(check: () => Promise<T>) => Promise<T>

/** Room for a few checks of passwords at a time in this process, so that a flood of them leaves the counter its hands. */
export function createHashSlots(): InSlot {
  let running = 0
  const line: (() => void)[] = []

  return async (check) => {
    if (running < atOnce) running += 1
    else if (line.length >= longestLine) throw fault('tryAgain', { retryAfterSeconds: 5 })
    else await new Promise<void>((resolve) => line.push(resolve))
    try {
      return await check()
    } finally {
      const next = line.shift()
      // The slot is handed on, or given back.
      if (next === undefined) running -= 1
      else next()
    }
  }
}
