import { signCallback } from './sign-callback.ts'
import { createTimers } from './timers.ts'

const longestRetryMs = 10_000
const attemptTimeoutMs = 5_000
const holdMs = 10_000
const lanes = 8

/** The least that every callback carries. */
export interface Callback {
  callbackId: string
}

/** How a callback is to go astray. */
export interface Misdelivery {
  lateMs: number
  twice: boolean
  outOfOrder: boolean
}

/** The institution's post office: it tries until the receiver says 2xx. */
export interface CallbackPost<C extends Callback> {
  /** Resolves after the first attempt, whatever came of it. */
  send(callback: C, misdelivery?: Misdelivery): Promise<void>
  stop(): void
}

/** Opens a post office. What it has not delivered when it stops must be sent again by the next one. */
export function createCallbackPost<C extends Callback>(input: {
  url: string
  secret: string
  retryMs: number
  onDelivered: (callback: C, attempts: number) => Promise<void>
  /** Told of what failed with nobody waiting for it. */
  onFailure: (error: unknown) => void
}): CallbackPost<C> {
  const timers = createTimers(input.onFailure)
  const waiting: (() => void)[] = []
  let stopped = new AbortController()
  let held: (() => Promise<void>)[] = []
  let busy = 0

  const inLane = async <T>(act: () => Promise<T>): Promise<T> => {
    if (busy >= lanes) await new Promise<void>((resolve) => waiting.push(resolve))
    busy += 1
    try {
      return await act()
    } finally {
      busy -= 1
      waiting.shift()?.()
    }
  }

  const post = async (callback: C, signal: AbortSignal): Promise<boolean> => {
    const body = JSON.stringify(callback)
    // Signed anew at each attempt: an old signature would be refused as stale.
    const signature = signCallback({ ...callback, body, secret: input.secret, sentAt: new Date() })
    try {
      const response = await fetch(input.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...signature },
        body,
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(attemptTimeoutMs)]),
      })
      await response.arrayBuffer()
      return response.ok
    } catch {
      return false
    }
  }

  const deliver = async (callback: C, twice: boolean, attempt = 1): Promise<void> => {
    const { signal } = stopped
    const taken = await inLane(() => post(callback, signal))
    if (signal.aborted) return
    if (taken) {
      if (twice) await inLane(() => post(callback, signal))
      await input.onDelivered(callback, attempt)
      return
    }
    const wait = Math.min(input.retryMs * 2 ** (attempt - 1), longestRetryMs) * (0.8 + Math.random() * 0.4)
    timers.after(wait, () => deliver(callback, twice, attempt + 1))
  }

  const releaseHeld = async () => {
    const reversed = held.reverse()
    held = []
    for (const act of reversed) await act()
  }

  const hold = (act: () => Promise<void>): Promise<void> => {
    held.push(act)
    if (held.length >= 2) return releaseHeld()
    // A pair that has gone in the meantime must not take the next one along, alone.
    const alone = held
    timers.after(holdMs, async () => {
      if (held === alone) await releaseHeld()
    })
    return Promise.resolve()
  }

  return {
    send(callback, misdelivery = { lateMs: 0, twice: false, outOfOrder: false }) {
      const act = () => deliver(callback, misdelivery.twice)
      if (misdelivery.outOfOrder) return hold(act)
      if (misdelivery.lateMs === 0) return act()
      timers.after(misdelivery.lateMs, act)
      return Promise.resolve()
    },
    stop() {
      timers.clear()
      stopped.abort()
      stopped = new AbortController()
      held = []
    },
  }
}
