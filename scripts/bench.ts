import './plain-failure.ts'
import path from 'node:path'
import type { Config } from '../platform/config.ts'
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
import { onOwnStack } from './bench/own-stack.ts'
import { report } from './bench/report.ts'
import type { Site } from './bench/site.ts'
import { openUsual } from './bench/usual/usual.ts'
import { writeFigures } from './bench/write-figures.ts'
import type { Stack } from './stack.ts'

const openers = { ours: openOurs, usual: openUsual, direct: openDirect, bare: openBare }
/** As many as there are cases in flight, so that no build waits for a connection of this process. */
const connections = 20

try {
  const options = readOptions(process.argv.slice(2))
  await onOwnStack({ name: 'bench', ports: '3310' }, async (stack, config) => {
    const text = await measure(stack, config, options)
    console.log(`\n${text}`)
    if (options.write) await writeFigures(text)
  })
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
process.exit()

async function measure(stack: Stack, config: Config, options: BenchOptions): Promise<string> {
  const { databaseApp: databaseUrl, databaseOwner, temporalAddress: address } = stack.urls
  const ownerUrl = databaseOwner as string
  const opening = { url: databaseUrl, cipher: createFieldCipher(config.keys), maxConnections: connections }
  const archive = openArchive({ ...opening, process: 'api' })
  const hands = openArchive({ ...opening, process: 'worker' })
  const { namespace } = config.temporal
  const client = await connectClient({ address, namespace, payloadKeys: config.keys.payload })
  const centre = await openCentre(config.ports.matchingCentre)
  const profileDir = options.profile ? path.join(config.dataDir, 'profiles') : null
  const site: Site = { config: stack.config, archive, hands, client, databaseUrl, profileDir }
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
    await hands.close()
  }

  async function measureOne(name: BuildName): Promise<Figures> {
    console.error(`${name} …`)
    const measuring = { site, options, servers: { temporal, postgres }, ownerUrl }
    return measureBuild({ name, open: openers[name] }, measuring)
  }
}
