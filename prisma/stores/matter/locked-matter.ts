import type { MatterEvent } from '../../../domain/matter/facts.ts'
import { fold } from '../../../domain/matter/fold.ts'
import type { Procedure } from '../../../domain/matter/procedure.ts'
import type { MatterState } from '../../../domain/matter/state.ts'
import type { CaseEvent } from '../../../domain/procedures/assistance-case/facts.ts'
import type { CaseState } from '../../../domain/procedures/assistance-case/state.ts'
import { procedureOf } from '../../../domain/procedures/index.ts'
import { dayOf, type Instant, instant, type PlainDate } from '../../../domain/time/plain-date.ts'
import type { FieldCipher } from '../../../platform/field-cipher.ts'
import type { Archive, Db } from '../../client.ts'
import { withinTime } from '../../cuttable-client.ts'
import type { Matter, Prisma } from '../../generated/client.ts'
import { readCaseEvents } from './matter-events.ts'
import type { ApplicationRow } from './case-in-view.ts'
import { moveDeadlines } from './deadline-moves.ts'
import { readReferenceData, type RuleBook } from '../rules/reference-data.ts'

/** A case taken out of the archive under its lock, for one filing. */
export type LockedMatter = {
  tx: Prisma.TransactionClient
  cipher: FieldCipher
  row: Matter
  procedure: Procedure
  events: MatterEvent[]
  state: MatterState
  /** From the case's own place up to the nation; parameters and offices are looked up along it. */
  placeChain: string[]
  ruleBook: RuleBook
  now: Instant
  today: PlainDate
}

/** An application under its lock: what its log says in the words of its procedure. */
export type LockedCase = Omit<LockedMatter, 'row' | 'events' | 'state'> & {
  row: ApplicationRow
  events: CaseEvent[]
  state: CaseState
}

/** The same matter, read as an application. @throws when its row says that it follows another procedure. */
export function asCase(matter: LockedMatter): LockedCase {
  if (matter.procedure.kind !== 'ASSISTANCE_CASE') throw new Error(`${matter.row.id} is no application`)
  return matter as LockedMatter & LockedCase
}

/** The archive has no such case. */
export class CaseUnknown extends Error {
  override readonly name = 'CaseUnknown'
}

/** How long a filing may take when nothing else says so. */
const usualLimitMs = 10_000

/**
 * Runs one filing: takes the case under its row lock, so that two filings of a case stand in line, and commits what the
 * work wrote as one transaction.
 * @param limitMs how long all of it may take, waiting for a connection and for the lock included.
 * @throws CaseUnknown
 * @throws DatabaseSilent when it took longer; the filing may have been committed all the same, and can be repeated.
 */
export async function withLockedMatter<T>(
  archive: Archive,
  matterId: string,
  work: (matter: LockedMatter) => Promise<T>,
  limitMs: number = usualLimitMs,
): Promise<T> {
  return withinTime(limitMs, () =>
    archive.db.$transaction(async (tx) => work(await takeMatter({ tx, cipher: archive.cipher }, matterId)), {
      maxWait: limitMs,
      timeout: limitMs,
    }),
  )
}

/** The same for an application, in the words of its procedure. */
export async function withLockedCase<T>(
  archive: Archive,
  matterId: string,
  work: (aCase: LockedCase) => Promise<T>,
): Promise<T> {
  return withLockedMatter(archive, matterId, async (matter) => work(asCase(matter)))
}

/** The same for what files nothing: due dates stay as they are, and the rights of the counter will do. */
export async function withLockedMatterAsItIs<T>(
  archive: Archive,
  matterId: string,
  work: (matter: LockedMatter) => Promise<T>,
): Promise<T> {
  return withinTime(usualLimitMs, () =>
    archive.db.$transaction(async (tx) => work(await lockMatter({ tx, cipher: archive.cipher }, matterId)), {
      maxWait: usualLimitMs,
      timeout: usualLimitMs,
    }),
  )
}

async function takeMatter(archive: Pick<LockedMatter, 'tx' | 'cipher'>, matterId: string): Promise<LockedMatter> {
  const matter = await lockMatter(archive, matterId)
  await takeNewCalendar(matter.tx, matterId, matter)
  return matter
}

async function lockMatter(
  { tx, cipher }: Pick<LockedMatter, 'tx' | 'cipher'>,
  matterId: string,
): Promise<LockedMatter> {
  // Locked first and read afterwards: what a statement reads beside a lock that it waited for can be older than it.
  await tx.$queryRaw`SELECT 1 FROM matter WHERE id = ${matterId} FOR UPDATE`
  const [row, events, ruleBook, { now, placeChain }] = [
    await tx.matter.findUnique({ where: { id: matterId } }),
    await readCaseEvents(tx, matterId),
    await readReferenceData(tx),
    await readClockAndPlace(tx, matterId),
  ]
  if (row === null) throw new CaseUnknown(matterId)
  const procedure = procedureOf(row.kind)
  return {
    tx,
    cipher,
    row,
    procedure,
    events,
    state: fold(procedure, events),
    placeChain,
    ruleBook,
    now,
    today: dayOf(now),
  }
}

/**
 * While a new calendar is on its way through all due dates, a filing moves those of its own case first. It would else
 * count by the new calendar without writing down what moved, or record a breach of a date that no longer holds.
 */
async function takeNewCalendar(
  tx: Prisma.TransactionClient,
  matterId: string,
  { ruleBook, placeChain, now }: Pick<LockedMatter, 'ruleBook' | 'placeChain' | 'now'>,
): Promise<void> {
  const { redating } = ruleBook
  if (redating === null) return
  await moveDeadlines(tx, [matterId], { calendarOf: () => ruleBook.calendarFor(placeChain), redating, now })
}

async function readClockAndPlace(db: Db, matterId: string): Promise<{ now: Instant; placeChain: string[] }> {
  const rows = await db.$queryRaw<{ now: Date; chain: string[] | null }[]>`
    WITH RECURSIVE chain AS (
      SELECT p.id, p."parentId", 1 AS depth FROM place p JOIN matter c ON c."placeId" = p.id WHERE c.id = ${matterId}
      UNION ALL
      SELECT p.id, p."parentId", depth + 1 FROM place p JOIN chain ON p.id = chain."parentId"
    )
    SELECT clock_timestamp() + COALESCE((SELECT "offsetMs" FROM deployment_clock), 0) * interval '1 millisecond' AS now,
           (SELECT array_agg(id ORDER BY depth) FROM chain) AS chain`
  const { now, chain } = rows[0] as { now: Date; chain: string[] | null }
  return { now: instant(now.getTime()), placeChain: chain ?? [] }
}
