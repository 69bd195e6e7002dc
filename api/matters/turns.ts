/** Lets a few at a time through for each key; the others wait in the order in which they came. */
export type Turns = {
  /**
   * Resolves with what gives the turn back, or null when the deadline passed first.
   * @param until milliseconds of real time.
   */
  take(key: string, until: number): Promise<(() => void) | null>
}

/** Turns for each key, in this process. @param atMost how many of one key are under way together. */
export function createTurns(atMost: number): Turns {
  const queues = new Map<string, { underWay: number; waiting: (() => void)[] }>()

  function giveBack(key: string): void {
    const queue = queues.get(key)
    if (queue === undefined) return
    const next = queue.waiting.shift()
    // Who is let in takes over the turn, so that nobody who comes now slips in between.
    if (next !== undefined) return next()
    queue.underWay -= 1
    if (queue.underWay === 0) queues.delete(key)
  }

  return {
    take(key, until) {
      const queue = queues.get(key) ?? { underWay: 0, waiting: [] }
      queues.set(key, queue)
      let given = false
      const turn = () => {
        if (given) return
        given = true
        giveBack(key)
      }
      if (queue.underWay < atMost) {
        queue.underWay += 1
        return Promise.resolve(turn)
      }
      return new Promise((resolve) => {
        const patience = setTimeout(
          () => {
            queue.waiting.splice(queue.waiting.indexOf(enter), 1)
            resolve(null)
          },
          Math.max(0, until - Date.now()),
        )
        const enter = () => {
          clearTimeout(patience)
          resolve(turn)
        }
        queue.waiting.push(enter)
      })
    },
  }
}
