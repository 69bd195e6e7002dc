import './plain-failure.ts'
import { parseArgs } from 'node:util'
import type { Config } from '../platform/config.ts'
import { createFieldCipher } from '../platform/field-cipher.ts'
import { connectClient } from '../platform/temporal.ts'
import { openArchive } from '../prisma/client.ts'
import { readClock } from '../prisma/stores/system/clock.ts'
import { readReferenceData } from '../prisma/stores/rules/reference-data.ts'
import { startCounter } from './bench/board/counter-server.ts'
import { measureBoard } from './bench/board/measure-board.ts'
import { plantCases } from './bench/board/plant-cases.ts'
import { plantPlaces } from './bench/board/plant-places.ts'
import { reportBoard } from './bench/board/report-board.ts'
import { describeComputer } from './bench/computer.ts'
import { onOwnStack } from './bench/own-stack.ts'
import { writeFigures } from './bench/write-figures.ts'
import type { Stack } from './stack.ts'
import { createDatabaseClient } from '../platform/database-session.ts'

// How long the board, its lists and a desk's worklist take over as many open cases as a province of counties may have.
const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    calls: { type: 'string', default: '300' },
    write: { type: 'boolean', default: false },
  },
})
const [cases, calls] = [Number(values.cases), Number(values.calls)]

try {
  await onOwnStack({ name: 'bench-board', ports: '3610' }, async (stack, config) => {
    const text = await measure(stack, config)
    console.log(`\n${text}`)
    if (values.write) await writeFigures(text, 'board figures')
  })
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
process.exit()

async function measure(stack: Stack, config: Config): Promise<string> {
  const ownerUrl = stack.urls.databaseOwner as string
  const archive = openArchive({ url: stack.urls.databaseApp, process: 'api', cipher: createFieldCipher(config.keys) })
  try {
    const computer = await computerOf(stack, config, ownerUrl)
    const started = performance.now()
    await plant(ownerUrl, {
      cases,
      calendar: (await readReferenceData(archive.db)).calendar,
      now: await readClock(archive.db),
    })
    const plantedSeconds = (performance.now() - started) / 1000
    const counter = await startCounter(stack.config)
    try {
      const api = `http://127.0.0.1:${config.ports.api}`
      const figures = await measureBoard({ api, archive, ownerUrl, calls })
      return reportBoard(computer, { cases, plantedSeconds }, figures)
    } finally {
      await counter.stop()
    }
  } finally {
    await archive.close()
  }
}

async function plant(ownerUrl: string, what: Parameters<typeof plantCases>[1]): Promise<void> {
  console.error(`planting ${what.cases} cases …`)
  const client = createDatabaseClient(ownerUrl)
  await client.connect()
  try {
    await plantPlaces(client)
    await plantCases(client, what)
  } finally {
    await client.end()
  }
}

async function computerOf(stack: Stack, { temporal, keys }: Config, ownerUrl: string): Promise<string[]> {
  const client = await connectClient({
    address: stack.urls.temporalAddress,
    namespace: temporal.namespace,
    payloadKeys: keys.payload,
  })
  try {
    return await describeComputer(ownerUrl, client)
  } finally {
    await client.connection.close()
  }
}
