import { Worker } from 'node:worker_threads'
import type { BoardCase } from './board-contract.ts'
import type { ExportAbout } from './board-sheets.ts'

const thread = new URL('./board-workbook-thread.ts', import.meta.url)

/**
 * Makes the file of an export in a thread of its own: twenty thousand rows take more than a second, in which the counter
 * would answer nobody else.
 */
export async function makeBoardWorkbook(about: ExportAbout, rows: readonly BoardCase[]): Promise<Buffer> {
  const worker = new Worker(thread, { workerData: { about, rows } })
  return new Promise((resolve, reject) => {
    worker.once('message', (content: Uint8Array) => resolve(Buffer.from(content)))
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`The thread that makes a workbook ended with ${code}`)))
  })
}
