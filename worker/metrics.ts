import type { ActivityInterceptorsFactory } from '@temporalio/worker'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** The figures of a worker: its activities and how long they took, by name and by whether they went well. */
export type WorkerMetrics = { registry: Registry; interceptor: ActivityInterceptorsFactory }

const activitySeconds = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 120]

export function createWorkerMetrics(): WorkerMetrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'jiuzhu_activity_seconds',
    help: 'How long an activity took, each attempt by itself',
    labelNames: ['activity', 'outcome'] as const,
    buckets: activitySeconds,
    registers: [registry],
  })
  return {
    registry,
    interceptor: ({ info: { activityType: activity } }) => ({
      inbound: {
        async execute(input, next) {
          const end = durations.startTimer({ activity })
          try {
            const result = await next(input)
            end({ outcome: 'done' })
            return result
          } catch (error) {
            end({ outcome: 'failed' })
            throw error
          }
        },
      },
    }),
  }
}
