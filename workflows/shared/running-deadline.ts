import { CancellationScope, sleep } from '@temporalio/workflow'

/** Waking this much late is no harm, and spares a timer for every act. */
const toleranceMs = 60_000

/**
 * The one running deadline of a workflow. A timer that turns out to be too early looks and is set again; none is ever
 * cancelled, because each cancellation costs events and the archive judges what is due anyway.
 */
export class RunningDeadline {
  #pending: number[] = []
  #due = false

  /** True once, after a timer has rung. */
  takeDue(): boolean {
    const due = this.#due
    this.#due = false
    return due
  }

  get isDue(): boolean {
    return this.#due
  }

  /** Wakes after this long, unless something wakes by then already. */
  wakeAfter(ms: number | null): void {
    if (ms === null) return
    const at = Date.now() + ms
    if (this.#pending.some((pending) => pending <= at + toleranceMs)) return
    this.#pending.push(at)
    void this.#ring(at, ms)
  }

  async #ring(at: number, ms: number): Promise<void> {
    await CancellationScope.nonCancellable(async () => sleep(ms))
    this.#pending = this.#pending.filter((pending) => pending !== at)
    this.#due = true
  }
}
