import { Context } from '@temporalio/activity'

const everyMs = 1_000

/**
 * An activity that tells the engine every second that it is still being done, so that what a killed worker had in hand
 * is handed on within seconds and not when its time is up.
 */
export function heartbeating<Input, Result>(
  activity: (input: Input) => Promise<Result>,
): (input: Input) => Promise<Result> {
  return async (input) => {
    const context = Context.current()
    const beat = setInterval(() => context.heartbeat(), everyMs)
    try {
      return await activity(input)
    } finally {
      clearInterval(beat)
    }
  }
}
