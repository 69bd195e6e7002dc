import { type Client, WorkflowNotFoundError } from '@temporalio/client'
import { matterWorkflows, matterIdOf } from '../../workflows/shared/matter-contract.ts'

/** A run whose workflow task fails again and again: nothing gets through to it until somebody mends it. */
export type StuckProcedure = {
  workflowId: string
  runId: string
  workflowType: string
  /** The case that it carries, if it carries one. */
  matterId: string | null
  /** The engine's word for what its last task failed of. */
  cause: string
  /** Its history cannot be replayed by the code that runs: another run from the archive can be carried on. */
  isNondeterministic: boolean
}

/** The engine sets this after some failures in a row and takes it away after the first success. */
const reportedProblems = 'TemporalReportedProblems'
const nondeterminism = 'WorkflowTaskFailedCauseNonDeterministicError'
const atMost = 200

/** All that the engine reports. Its list lags behind, so each is asked about by itself. */
export async function findStuckProcedures(client: Client): Promise<StuckProcedure[]> {
  const listed: string[] = []
  const query = `${reportedProblems} IS NOT NULL AND ExecutionStatus = 'Running'`
  for await (const { workflowId } of client.workflow.list({ query, pageSize: atMost })) {
    listed.push(workflowId)
    if (listed.length === atMost) break
  }
  const stuck: StuckProcedure[] = []
  for (const workflowId of new Set(listed)) {
    const found = await findStuckProcedure(client, workflowId)
    if (found !== null) stuck.push(found)
  }
  return stuck
}

/** How the present run of a workflow stands; null when nothing is wrong with it or it has ended. */
export async function findStuckProcedure(client: Client, workflowId: string): Promise<StuckProcedure | null> {
  const told = await client.workflow
    .getHandle(workflowId)
    .describe()
    .catch((error: unknown) => {
      if (error instanceof WorkflowNotFoundError) return null
      throw error
    })
  if (told === null || told.status.name !== 'RUNNING') return null
  const problems = told.searchAttributes[reportedProblems] as readonly string[] | undefined
  if (problems === undefined || problems.length === 0) return null
  const cause = problems.find((problem) => problem.startsWith('cause='))?.slice('cause='.length) ?? 'unnamed'
  const { runId, type: workflowType } = told
  return {
    workflowId,
    runId,
    workflowType,
    matterId: isMatter(workflowType) ? matterIdOf(workflowId) : null,
    cause,
    isNondeterministic: cause === nondeterminism,
  }
}

function isMatter(workflowType: string): boolean {
  return Object.values(matterWorkflows).some(({ type }) => type === workflowType)
}
