import { rm } from 'node:fs/promises'
import path from 'node:path'
import { loadConfig } from '../platform/config.ts'
import { lockDataDir } from '../platform/data-dir-lock.ts'
import { createFieldCipher } from '../platform/field-cipher.ts'
import { connectClient } from '../platform/temporal.ts'
import { openArchive } from '../prisma/client.ts'
import { openBare } from './bench/bare/bare.ts'
import { openCentre } from './bench/centre.ts'
import { describeComputer } from './bench/computer.ts'
import { openDirect } from './bench/direct/direct.ts'
import { type Figures, measureBuild } from './bench/measure-build.ts'
import { type BenchOptions, type BuildName, readOptions } from './bench/options.ts'
import { openOurs } from './bench/ours/ours.ts'
import { report } from './bench/report.ts'
import type { Site } from './bench/site.ts'
import { openUsual } from './bench/usual/usual.ts'
import { writeFigures } from './bench/write-figures.ts'
import { type Stack, startStack } from './stack.ts'

const openers = { ours: openOurs, usual: openUsual, direct: openDirect, bare: openBare }
const dataDir = path.resolve('.data', 'bench')
const ownPorts = '3310'
/** As many as there are cases in flight, so that no build waits for a connection of this process. */
const connections = 20

const config = loadConfig({
  DATA_DIR: dataDir,
  JIUZHU_PORT_BASE: process.env.JIUZHU_PORT_BASE ?? ownPorts,
  JIUZHU_CLOCK: 'real',
  LOG_LEVEL: 'warn',
})

try {
  await main(readOptions(process.argv.slice(2)))
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
process.exit()

async function main(options: BenchOptions): Promise<void> {
  await removeEarlierRun()
  const leave = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => leave.abort())
  const stack = await startStack({ config, roles: ['postgres', 'temporal'], say: console.error, signal: leave.signal })
  leave.signal.addEventListener('abort', () => void stack.stop().then(() => process.exit(130)))
  try {
    const text = await measure(stack, options)
    console.log(`\n${text}`)
    if (options.write) await writeFigures(text)
  } finally {
    await stack.stop()
  }
}

/** Claimed before it is removed: another benchmark may be running on it. */
async function removeEarlierRun(): Promise<void> {
  const lock = await lockDataDir(dataDir, { guardianPid: process.pid, url: 'npm run bench' })
  await lock.release()
  await rm(dataDir, { recursive: true, force: true })
}

async function measure(stack: Stack, options: BenchOptions): Promise<string> {
  const { databaseApp: databaseUrl, databaseOwner, temporalAddress: address } = stack.urls
  const ownerUrl = databaseOwner as string
  const archive = openArchive({ url: databaseUrl, cipher: createFieldCipher(config.keys), maxConnections: connections })
  const { namespace } = config.temporal
  const client = await connectClient({ address, namespace, payloadKeys: config.keys.payload })
  const centre = await openCentre(config.ports.matchingCentre)
  const profileDir = options.profile ? path.join(dataDir, 'profiles') : null
  const site: Site = { config: stack.config, archive, client, databaseUrl, profileDir }
  const { postgres, temporal } = stack.processes
  try {
    const computer = await describeComputer(ownerUrl, client)
    const figures: Figures[] = []
    for (const name of options.builds) figures.push(await measureOne(name))
    return report(computer, options, figures)
  } finally {
    await centre.close()
    await client.connection.close()
    await archive.close()
  }

  async function measureOne(name: BuildName): Promise<Figures> {
    console.error(`${name} …`)
    const measuring = { site, options, servers: { temporal, postgres }, ownerUrl }
    return measureBuild({ name, open: openers[name] }, measuring)
  }
}
