import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client'
import type { Archive } from '../../prisma/client.ts'
import { findRedatingUnderway } from '../../prisma/stores/rules/redatings.ts'
import {
  type CalendarRedatingInput,
  calendarRedatingType,
  calendarRedatingWorkflowId,
} from '../../workflows/calendar-redating/contract.ts'
import { taskQueues } from '../../workflows/task-queues.ts'

/**
 * Starts the procedure of a re-dating that was asked for and is not finished. The row is what asks; started twice it
 * runs once, and one that an engine lost begins anew and finds its work half done.
 */
export async function startOwedRedating({ archive, client }: { archive: Archive; client: Client }): Promise<void> {
  const underway = await findRedatingUnderway(archive.db)
  if (underway === null) return
  const { redatingId } = underway
  const input: CalendarRedatingInput = { redatingId }
  try {
    await client.workflow.start(calendarRedatingType, {
      workflowId: calendarRedatingWorkflowId(redatingId),
      taskQueue: taskQueues.cases,
      args: [input],
      workflowTaskTimeout: '5s',
    })
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
  }
}
