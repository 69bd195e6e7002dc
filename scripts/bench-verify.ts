import './plain-failure.ts'
import { parseArgs } from 'node:util'
import type { Config } from '../platform/config.ts'
import { createFieldCipher } from '../platform/field-cipher.ts'
import { createSealer, sealPublicKeys } from '../platform/seal-key.ts'
import { openArchive } from '../prisma/client.ts'
import { takeSeal } from '../prisma/stores/system/seals.ts'
import { verifyArchive } from '../prisma/stores/system/verification.ts'
import { onOwnStack } from './bench/own-stack.ts'
import { plantRecords } from './bench/verify/plant-records.ts'
import type { Stack } from './stack.ts'

// How long it takes to verify a large archive and to seal it, and how much memory that needs.
const { values } = parseArgs({ options: { records: { type: 'string', default: '1000000' } } })

try {
  await onOwnStack({ name: 'bench-verify', ports: '3610' }, measure)
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
process.exit()

async function measure({ urls }: Stack, { keys }: Config): Promise<void> {
  if (urls.databaseOwner === undefined) throw new Error('This benchmark plants rows as the owner of its own archive')
  await plantRecords(urls.databaseOwner, { cases: Math.round(Number(values.records) / 20), eventsEach: 20 })
  const archive = openArchive({
    url: urls.databaseApp,
    process: 'api',
    cipher: createFieldCipher(keys),
    maxConnections: 2,
  })
  try {
    if (!keys.seal) throw new Error('SEAL_KEY is missing')
    const sealer = createSealer(keys.seal)
    const first = await timed(() => takeSeal(archive, sealer, 'bench'))
    const second = await timed(() => takeSeal(archive, sealer, 'bench'))
    console.log(`first seal ${first.seconds.toFixed(1)} s, one with nothing moved ${second.seconds.toFixed(1)} s`)
    const before = process.memoryUsage().rss
    let most = before
    const cpu = process.cpuUsage()
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 200)
    const { result, seconds } = await timed(() =>
      verifyArchive(archive.db, { keys: sealPublicKeys({ privateKeys: keys.seal }) }),
    )
    clearInterval(watch)
    const { user, system } = process.cpuUsage(cpu)
    const { records, events, papers } = result.checked
    console.log(
      `${records} records, ${events} events, ${papers} papers: ${seconds.toFixed(1)} s, ` +
        `${Math.round(records / seconds)} records/s; computing ${((user + system) / 1e6).toFixed(1)} s; memory ${inMiB(before)} before, at most ${inMiB(most)}; found ${result.found}`,
    )
  } finally {
    await archive.close()
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const began = performance.now()
  const result = await work()
  return { result, seconds: (performance.now() - began) / 1000 }
}

function inMiB(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MiB`
}
