import type { DataConverter } from '@temporalio/common'
import { type ReplayHistoriesIterable, Worker, type WorkflowBundleOption } from '@temporalio/worker'

/** A procedure that today's code cannot take up where it stands. */
export type BrokenReplay = { workflowId: string; runId: string; reason: string }

/** Replays histories on the procedures of a bundle. What it names would stand still if this bundle were rolled out. */
export async function replayHistories(
  histories: ReplayHistoriesIterable,
  options: {
    workflowBundle: WorkflowBundleOption
    dataConverter: DataConverter
    onReplayed?: (replayed: number) => void
  },
): Promise<{ replayed: number; broken: BrokenReplay[] }> {
  const { workflowBundle, dataConverter, onReplayed = () => undefined } = options
  const broken: BrokenReplay[] = []
  let replayed = 0
  for await (const { workflowId, runId, error } of Worker.runReplayHistories(
    { workflowBundle, dataConverter },
    histories,
  )) {
    replayed += 1
    if (error !== undefined) broken.push({ workflowId, runId, reason: error.message })
    onReplayed(replayed)
  }
  return { replayed, broken }
}
