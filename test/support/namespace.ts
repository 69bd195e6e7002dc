import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Connection } from '@temporalio/client'
import Long from 'long'
import { inject } from 'vitest'

/** A namespace of one's own on the run's engine, so that test files never serve each other's cases. */
export async function createTestNamespace(): Promise<string> {
  const namespace = `test-${randomUUID().slice(0, 8)}`
  const connection = await Connection.connect({ address: inject('temporalAddress') })
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: { seconds: Long.fromNumber(86_400) },
    })
    // The engine's own caches learn of a namespace a moment after it is registered.
    for (const patience = Date.now() + 20_000; Date.now() < patience; await pause(100)) {
      const known = await connection.workflowService.listOpenWorkflowExecutions({ namespace }).then(
        () => true,
        () => false,
      )
      if (known) return namespace
    }
    throw new Error(`Namespace ${namespace} did not come up`)
  } finally {
    await connection.close()
  }
}
