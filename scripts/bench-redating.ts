import './plain-failure.ts'
import { parseArgs } from 'node:util'
import type { Config } from '../platform/config.ts'
import { createFieldCipher } from '../platform/field-cipher.ts'
import { connectClient } from '../platform/temporal.ts'
import { openArchive } from '../prisma/client.ts'
import { openCentre } from './bench/centre.ts'
import { measureRedating, type RedatingFigures } from './bench/redating/measure-redating.ts'
import { onOwnStack } from './bench/own-stack.ts'
import type { Site } from './bench/site.ts'
import type { Stack } from './stack.ts'

// How long a late notice takes to reach every running clock while people go on working.
const { values } = parseArgs({
  options: {
    deadlines: { type: 'string', default: '10000' },
    rate: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '40' },
    'kill-after': { type: 'string', default: '' },
  },
})
/** Milliseconds after the entry at which the worker is killed; not at all without it. */
const killAfterMs = values['kill-after'] === '' ? null : Number(values['kill-after'])
const [deadlines, rate, seconds] = [values.deadlines, values.rate, values.seconds].map(Number) as [
  number,
  number,
  number,
]

try {
  await onOwnStack({ name: 'bench-redating', ports: '3510' }, measure)
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
process.exit()

async function measure(stack: Stack, config: Config): Promise<void> {
  const { databaseApp: databaseUrl, temporalAddress: address } = stack.urls
  const opening = { url: databaseUrl, cipher: createFieldCipher(config.keys), maxConnections: 20 }
  const archive = openArchive({ ...opening, process: 'api' })
  const hands = openArchive({ ...opening, process: 'worker' })
  const client = await connectClient({
    address,
    namespace: config.temporal.namespace,
    payloadKeys: config.keys.payload,
  })
  const centre = await openCentre(config.ports.matchingCentre)
  const site: Site = { config: stack.config, archive, hands, client, databaseUrl, profileDir: null }
  try {
    tell(await measureRedating(site, { deadlines, rate, seconds, killAfterMs }))
  } finally {
    await centre.close()
    await client.connection.close()
    await archive.close()
    await hands.close()
  }
}

function tell({ seconds: took, moved, wrong, calm, meanwhile }: RedatingFigures): void {
  console.log(`Due dates moved: ${moved} in ${took.toFixed(1)} s, from the entry to the last row; wrong: ${wrong}`)
  console.log(`Round trip of an act at ${rate} a second, ms (median / 95 of 100 / longest, acts)`)
  for (const [name, figures] of Object.entries({ before: calm, ...(meanwhile === null ? {} : { meanwhile }) }))
    console.log(
      `  ${name.padEnd(10)} ${figures.median.toFixed(0)} / ${figures.p95.toFixed(0)} / ${figures.longest.toFixed(0)}, ${figures.acts}`,
    )
}
