import { setTimeout as pause } from 'node:timers/promises'
import { readBankBook } from '../checker.ts'
import type { OwnStack } from './own-stack.ts'

const withinMs = 45_000

/** Until everything serves and nothing is on its way any more; what then still waits is for the checker to name. */
export async function untilQuiet({ stack, ask }: OwnStack): Promise<void> {
  await Promise.all(Object.values(stack.processes).map((process) => process?.ready()))
  const giveUpAt = Date.now() + withinMs
  while (Date.now() < giveUpAt) {
    const [now] = await ask<{ waiting: number }>(`
      SELECT ((SELECT count(*) FROM request WHERE "acknowledgedAt" IS NULL AND status = 'FILED')
        + (SELECT count(*) FROM callback WHERE "takenAt" IS NULL))::int AS waiting`)
    const lines = await readBankBook(stack.urls.bank)
    const settled = lines.filter(({ kind }) => kind === 'credited' || kind === 'returned' || kind === 'reversed').length
    const told = lines.filter(({ kind }) => kind === 'callbackDelivered' || kind === 'callbackLost').length
    if (now?.waiting === 0 && told >= settled) return
    await pause(250)
  }
}
