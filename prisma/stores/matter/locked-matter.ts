import type { MatterEvent } from '../../../domain/matter/facts.ts'
import { fold } from '../../../domain/matter/fold.ts'
import type { Procedure } from '../../../domain/matter/procedure.ts'
import type { MatterState } from '../../../domain/matter/state.ts'
import type { CaseEvent } from '../../../domain/procedures/assistance-case/facts.ts'
import type { CaseState } from '../../../domain/procedures/assistance-case/state.ts'
import { procedureOf } from '../../../domain/procedures/index.ts'
import { dayOf, type Instant, type PlainDate } from '../../../domain/time/plain-date.ts'
import type { FieldCipher } from '../../../platform/field-cipher.ts'
import type { Archive } from '../../client.ts'
import { withinTime } from '../../cuttable-client.ts'
import type { Deadline, Matter, Prisma, Task } from '../../generated/client.ts'
import type { ApplicationRow } from './case-in-view.ts'
import { moveDeadlines } from './deadline-moves.ts'
import { referenceDataOf, type RuleBook } from '../rules/reference-data.ts'
import { lockRow, readLockedRows, type SeatedOffice } from './locked-rows.ts'
import type { ReceivedRequest, RequestKey } from './requests.ts'

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
  /** Its due dates and open desks as rows, kept in step while it is worked on. */
  deadlines: Deadline[]
  tasks: Task[]
  /** Offices with one of its places in their area today. */
  offices: SeatedOffice[]
  hasCallbacks: boolean
  /** The request that is being filed, where one is. */
  request: ReceivedRequest | null
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
  { limitMs = usualLimitMs, request = null }: { limitMs?: number | undefined; request?: RequestKey | null } = {},
): Promise<T> {
  return withinTime(limitMs, () =>
    archive.db.$transaction(async (tx) => work(await takeMatter({ tx, cipher: archive.cipher }, matterId, request)), {
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
    archive.db.$transaction(async (tx) => work(await lockMatter({ tx, cipher: archive.cipher }, matterId, null)), {
      maxWait: usualLimitMs,
      timeout: usualLimitMs,
    }),
  )
}

async function takeMatter(
  archive: Pick<LockedMatter, 'tx' | 'cipher'>,
  matterId: string,
  request: RequestKey | null,
): Promise<LockedMatter> {
  const matter = await lockMatter(archive, matterId, request)
  return takeNewCalendar(matter)
}

async function lockMatter(
  { tx, cipher }: Pick<LockedMatter, 'tx' | 'cipher'>,
  matterId: string,
  request: RequestKey | null,
): Promise<LockedMatter> {
  const row = await lockRow(tx, matterId)
  if (row === null) throw new CaseUnknown(matterId)
  const { edition, ...rows } = await readLockedRows(tx, row, request)
  const procedure = procedureOf(row.kind)
  const ruleBook = await referenceDataOf(tx, edition)
  return { tx, cipher, row, procedure, state: fold(procedure, rows.events), ruleBook, today: dayOf(rows.now), ...rows }
}

/**
 * While a new calendar is on its way through all due dates, a filing moves those of its own case first. It would else
 * count by the new calendar without writing down what moved, or record a breach of a date that no longer holds.
 */
async function takeNewCalendar(matter: LockedMatter): Promise<LockedMatter> {
  const { tx, row, ruleBook, placeChain, now } = matter
  const { redating } = ruleBook
  if (redating === null) return matter
  await moveDeadlines(tx, [row.id], { calendarOf: () => ruleBook.calendarFor(placeChain), redating, now })
  const { deadlines, tasks } = await readLockedRows(tx, row, null)
  const moved = await tx.matter.findUniqueOrThrow({ where: { id: row.id } })
  return { ...matter, row: moved, deadlines, tasks }
}
