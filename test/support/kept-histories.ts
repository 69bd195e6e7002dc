import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Client } from '@temporalio/client'
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { matterWorkflowId } from '../../workflows/shared/matter-contract.ts'

const folder = path.resolve(import.meta.dirname, '../histories')

/**
 * Keeps the history of a case under a name, when the run is asked to: RECORD_HISTORIES=1 npm test -- test/workflows.
 * Kept histories are replayed by every later version and are never recorded over without a reason.
 */
export async function keepHistory(client: Client, matterId: string, name: string): Promise<void> {
  await keepHistoryOf(client, matterWorkflowId('ASSISTANCE_CASE', matterId), name)
}

/** The same for whatever procedure has this id. */
export async function keepHistoryOf(client: Client, workflowId: string, name: string, runId?: string): Promise<void> {
  if (process.env.RECORD_HISTORIES !== '1') return
  const history = await client.workflow.getHandle(workflowId, runId).fetchHistory()
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, `${name}.json`), historyToJSON(history))
}

/** Every history that was kept, by name. */
export async function keptHistories() {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort()
  return Promise.all(
    files.map(async (file) => ({
      workflowId: path.basename(file, '.json'),
      history: historyFromJSON(JSON.parse(await readFile(path.join(folder, file), 'utf8'))),
    })),
  )
}
