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
import { createAnswering } from './answering.ts'
import { type CentreBook, type CentreLine, openCentreBook } from './book.ts'
import { CentreFaults } from './centre-faults.ts'
import { customerRoutes } from './customer-routes.ts'
import { directorRoutes } from './director-routes.ts'
import type { SourceAnswer } from './messages.ts'
import { RegisterFile } from './register.ts'

const environment = readEnvironment({
  ...commonEnvironment,
  REGISTER_FILE: z.string().min(1).optional(),
  SOURCE_DELAY_MS: z.coerce.number().pipe(DelayMs).default(1_000),
})
const usualFaults = CentreFaults.parse({ delayMs: environment.DELAY_MS, perSourceDelayMs: environment.SOURCE_DELAY_MS })

const now = () => new Date().toISOString()
const clock = createWorldClock()
const log = pino({ name: 'matching-centre' })
const onFailure = (error: unknown) => log.error({ err: error }, 'failed with nobody waiting for it')
const timers = createTimers(onFailure)

const plan = createFaultPlan({
  initial: usualFaults,
  onStrike: (name, about) => void book.record({ kind: 'faultStruck', at: now(), name, about }),
})

const book: CentreBook = await openCentreBook({
  journal: await openJournal<CentreLine>(environment.BOOK_FILE),
  register: await readRegister(environment.REGISTER_FILE),
  onLine(line) {
    if (line.kind === 'faultsSet') plan.set(line.plan)
    if (line.kind === 'faultStruck') plan.use(line.name)
    if (line.kind === 'clockSet') clock.setOffset(line.offsetMs)
  },
})

const post = createCallbackPost<SourceAnswer>({
  url: environment.CALLBACK_URL,
  secret: environment.CALLBACK_SECRET,
  retryMs: environment.CALLBACK_RETRY_MS,
  async onDelivered({ callbackId }) {
    if (book.undelivered.has(callbackId)) await book.record({ kind: 'callbackDelivered', at: now(), callbackId })
  },
  onFailure,
})

const answering = createAnswering({ book, plan, post, timers, clock })

await openCounter({
  name: 'matching-centre',
  log,
  host: environment.HOST,
  port: environment.PORT,
  apiToken: environment.API_TOKEN,
  routes(app) {
    customerRoutes(app, { book, plan, answering })
    directorRoutes(app, { book, plan, answering, clock, usualFaults, reset })
  },
  onClose() {
    timers.clear()
    post.stop()
    return book.close()
  },
})

answering.resume()
for (const callback of book.undelivered.values()) post.send(callback).catch(onFailure)

async function reset(): Promise<void> {
  timers.clear()
  post.stop()
  plan.set(usualFaults)
  clock.setOffset(0)
  await book.clear()
}

async function readRegister(file: string | undefined) {
  return file === undefined ? {} : RegisterFile.parse(JSON.parse(await readFile(file, 'utf8')))
}
