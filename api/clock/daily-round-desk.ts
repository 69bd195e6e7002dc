import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import type { Archive } from '../../prisma/client.ts'
import { beginOwedRound } from '../../prisma/stores/oversight/daily-rounds.ts'
import { type DailyRoundInput, dailyRoundType, dailyRoundWorkflowId } from '../../workflows/daily-round/contract.ts'
import { taskQueues } from '../../workflows/task-queues.ts'

/**
 * Starts the round of the deployment's day while it is not finished. The row is what asks; started twice it runs once, and
 * one that an engine lost begins anew.
 */
export async function startOwedDailyRound({ archive, client }: { archive: Archive; client: Client }): Promise<void> {
  const day = await beginOwedRound(archive.db)
  if (day === null) return
  const input: DailyRoundInput = { day }
  try {
    await client.workflow.start(dailyRoundType, {
      workflowId: dailyRoundWorkflowId(day),
      taskQueue: taskQueues.cases,
      args: [input],
      workflowTaskTimeout: '5s',
    })
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
}
