import { readFile } from 'node:fs/promises'
import { pino } from 'pino'
import { z } from 'zod'
import { createCallbackPost } from '../shared/callback-post.ts'
import { openCounter } from '../shared/counter.ts'
import { commonEnvironment, readEnvironment } from '../shared/environment.ts'
import { createFaultPlan, DelayMs } from '../shared/fault-plan.ts'
import { openJournal } from '../shared/journal.ts'
import { createTimers } from '../shared/timers.ts'
import { createWorldClock } from '../shared/world-clock.ts'
import { AccountsFile } from './accounts.ts'
import { BankFaults } from './bank-faults.ts'
import { type BankBook, type BankLine, openBankBook } from './book.ts'
import { customerRoutes } from './customer-routes.ts'
import { directorRoutes } from './director-routes.ts'
import type { InstructionCallback } from './messages.ts'
import { createSettlement } from './settlement.ts'

const environment = readEnvironment({
  ...commonEnvironment,
  ACCOUNTS_FILE: z.string().min(1).optional(),
  SETTLE_DELAY_MS: z.coerce.number().pipe(DelayMs).default(1_000),
})
const usualFaults = BankFaults.parse({ delayMs: environment.DELAY_MS, settleDelayMs: environment.SETTLE_DELAY_MS })

const now = () => new Date().toISOString()
const clock = createWorldClock()
const log = pino({ name: 'bank' })
const onFailure = (error: unknown) => log.error({ err: error }, 'failed with nobody waiting for it')
const timers = createTimers(onFailure)

const plan = createFaultPlan({
  initial: usualFaults,
  onStrike: (name, about) => void book.record({ kind: 'faultStruck', at: now(), name, about }),
})

const book: BankBook = await openBankBook({
  journal: await openJournal<BankLine>(environment.BOOK_FILE),
  accounts: await readAccounts(environment.ACCOUNTS_FILE),
  onLine(line) {
    if (line.kind === 'faultsSet') plan.set(line.plan)
    if (line.kind === 'faultStruck') plan.use(line.name)
    if (line.kind === 'clockSet') clock.setOffset(line.offsetMs)
  },
})

const post = createCallbackPost<InstructionCallback>({
  url: environment.CALLBACK_URL,
  secret: environment.CALLBACK_SECRET,
  retryMs: environment.CALLBACK_RETRY_MS,
  async onDelivered({ callbackId }) {
    if (book.undelivered.has(callbackId)) await book.record({ kind: 'callbackDelivered', at: now(), callbackId })
  },
  onFailure,
})

const settlement = createSettlement({ book, plan, post, timers, clock })

await openCounter({
  name: 'bank',
  log,
  host: environment.HOST,
  port: environment.PORT,
  apiToken: environment.API_TOKEN,
  routes(app) {
    customerRoutes(app, { book, plan, settlement })
    directorRoutes(app, { book, plan, settlement, clock, usualFaults, reset })
  },
  onClose() {
    timers.clear()
    post.stop()
    return book.close()
  },
})

settlement.resume()
for (const callback of book.undelivered.values()) post.send(callback).catch(onFailure)

async function reset(): Promise<void> {
  timers.clear()
  post.stop()
  plan.set(usualFaults)
  clock.setOffset(0)
  await book.clear()
}

async function readAccounts(file: string | undefined) {
  return file === undefined ? {} : AccountsFile.parse(JSON.parse(await readFile(file, 'utf8')))
}
