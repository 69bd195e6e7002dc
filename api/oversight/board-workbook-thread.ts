import { parentPort, workerData } from 'node:worker_threads'
import writeExcelFile from 'write-excel-file/node'
import type { BoardCase } from './board-contract.ts'
import { boardSheets, type ExportAbout, filteredCells } from './board-sheets.ts'
import { filterOn } from './sheet-filter.ts'

// Runs in a thread of its own; see makeBoardWorkbook.
const { about, rows } = workerData as { about: ExportAbout; rows: BoardCase[] }
parentPort?.postMessage(
  await writeExcelFile(boardSheets(about, rows), {
    features: [filterOn('案件', filteredCells(rows.length))],
  }).toBuffer(),
)
