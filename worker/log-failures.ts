import type { ActivityInterceptorsFactory } from '@temporalio/worker'

/**
 * Writes a line for each attempt of an activity that failed: which case, which activity, which attempt and why. The words of
 * an error may hold what somebody filed, so that only its names and codes are told.
 */
export const logFailures: ActivityInterceptorsFactory = (context) => {
  return {
    inbound: {
      async execute(input, next) {
        try {
          return await next(input)
        } catch (error) {
          const { attempt, activityType, workflowExecution } = context.info
          const about = { activity: activityType, attempt, workflow: workflowExecution?.workflowId ?? null }
          context.log.warn('activity failed', { ...about, matterId: matterIn(input.args[0]), cause: causeOf(error) })
          throw error
        }
      },
    },
  }
}

/** Histories call the matter so. */
function matterIn(input: unknown): string | null {
  const { caseId } = (input ?? {}) as { caseId?: unknown }
  return typeof caseId === 'string' ? caseId : null
}

/** Names and codes along the chain of causes. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const { code, type } = error as { code?: unknown; type?: unknown }
  const codes = [code, type, sqlStateIn(error)].filter((one) => typeof one === 'string')
  const own = [error.name, ...new Set(codes)].join(' ')
  return error.cause instanceof Error ? `${own} < ${causeOf(error.cause)}` : own
}

/** Where the driver's adapter keeps PostgreSQL's code. */
function sqlStateIn(error: Error): unknown {
  const { meta } = error as { meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } } }
  return meta?.driverAdapterError?.cause?.originalCode
}
