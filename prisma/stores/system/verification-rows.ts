import type { ChainedRecord } from '../../../domain/audit/canonical-form.ts'
import type { Head } from '../../../domain/audit/seal-statement.ts'
import type { Instant } from '../../../domain/time/plain-date.ts'
import type { Db } from '../../client.ts'
import { Prisma } from '../../generated/client.ts'

/** The whole archive or one case, page by page: never more than a few thousand rows are in memory. */

/** A record as it stands, with the hash that it bears. */
export type RecordRow = Readonly<{ record: ChainedRecord; hash: string }>

/** An event as it stands in the log, in the words of the canonical form. */
export type EventContent = Readonly<{ matterId: string; content: Readonly<Record<string, unknown>> }>

/** A paper as it lies there. `sealedNow` is null when its body was erased. */
export type PaperRow = Readonly<{
  paperId: string
  matterId: string
  kind: string
  digest: string
  sealedNow: string | null
}>

const pageSize = 2_000

/** Records in the order of registers and numbers, in pages. */
export async function* recordPages(db: Db, register: string | null): AsyncGenerator<RecordRow[]> {
  let [lastRegister, lastSeq] = ['', 0]
  for (;;) {
    const from =
      register === null
        ? Prisma.sql`(register, seq) > (${lastRegister}, ${lastSeq}::int)`
        : Prisma.sql`register = ${register} AND seq > ${lastSeq}::int`
    const rows = await db.$queryRaw<RawRecord[]>`
      SELECT register, seq, form, at, "officerId", "postId", "officeId", role::text AS role, "placeId", action, result,
        subject, "eventId", detail, previous, hash
      FROM audit_record WHERE ${from} ORDER BY register, seq LIMIT ${pageSize}`
    if (rows.length > 0) yield rows.map(recordOfRow)
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageSize) return
    lastRegister = last.register
    lastSeq = last.seq
  }
}

/** Sealed heads in the order of registers, numbers and seals. */
export async function* sealedHeads(db: Db, register: string | null): AsyncGenerator<Head & { seal: number }> {
  let last: Head & { seal: number } = { register: register ?? '', seq: 0, seal: 0, hash: '' }
  for (;;) {
    const one = register === null ? Prisma.sql`register >= ${last.register}` : Prisma.sql`register = ${register}`
    const rows = await db.$queryRaw<(Head & { seal: number })[]>`
      SELECT register, seq, seal, hash FROM sealed_head
      WHERE ${one} AND (register, seq, seal) > (${last.register}, ${last.seq}::int, ${last.seal}::int)
      ORDER BY register, seq, seal LIMIT ${pageSize}`
    yield* rows
    if (rows.length < pageSize) return
    last = rows.at(-1) as typeof last
  }
}

/** Events by id. */
export async function eventsById(db: Db, eventIds: readonly string[]): Promise<Map<string, EventContent>> {
  const rows = await selectEvents(db, Prisma.sql`"eventId" = ANY(${[...eventIds]})`)
  return new Map(rows.map((row) => [row.eventId, eventOfRow(row)]))
}

/** The events of a case up to a number, first things first. */
export async function eventsUpTo(db: Db, matterId: string, seq: number): Promise<EventContent[]> {
  const rows = await selectEvents(db, Prisma.sql`"matterId" = ${matterId} AND seq <= ${seq}::int`)
  return rows.map(eventOfRow)
}

/** Papers by id; the digest of the sealed body is taken where it lies. */
export async function papersById(db: Db, paperIds: readonly string[]): Promise<Map<string, PaperRow>> {
  const rows = await db.$queryRaw<PaperRow[]>`
    SELECT id AS "paperId", "matterId", kind::text AS kind, digest, encode(sha256("bodyCipher"), 'hex') AS "sealedNow"
    FROM paper WHERE id = ANY(${[...paperIds]})`
  return new Map(rows.map((row) => [row.paperId, row]))
}

/** Events of which the audit knows nothing. */
export async function unrecordedEvents(db: Db, matterId: string | null, atMost: number) {
  const one = matterId === null ? Prisma.empty : Prisma.sql`e."matterId" = ${matterId} AND`
  return db.$queryRaw<{ matterId: string; seq: number; eventId: string }[]>`
    SELECT e."matterId", e.seq, e."eventId" FROM matter_event e WHERE ${one} NOT EXISTS (
      SELECT FROM audit_record a WHERE a."eventId" = e."eventId" AND a.result = 'FILED'
        AND a.register = 'case:' || e."matterId") LIMIT ${atMost}`
}

/** Whether the audit of a case says that a paper was erased. */
export async function erasureRecorded(db: Db, register: string, paperId: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM audit_record WHERE register = ${register} AND action = 'ERASE_PAPER' AND detail->>'paperId' = ${paperId}`
  return rows.length > 0
}

type RawRecord = Omit<ChainedRecord, 'at'> & { at: Date; hash: string }

function recordOfRow({ hash, at, ...record }: RawRecord): RecordRow {
  return { record: { ...record, at: at.toISOString() as Instant }, hash }
}

type RawEvent = {
  eventId: string
  matterId: string
  countyId: string
  seq: number
  type: string
  typeVersion: number
  data: unknown
  occurredOn: Date
  recordedAt: Date
  officerId: string | null
  postId: string | null
  officeId: string | null
  role: string | null
  capacity: string | null
  standsInFor: string | null
  causeKind: string
  causeId: string
  papers: unknown
  ruleVersion: string
  calendarVersion: string
}

async function selectEvents(db: Db, where: Prisma.Sql): Promise<RawEvent[]> {
  return db.$queryRaw<RawEvent[]>`
    SELECT "eventId", "matterId", "countyId", seq, type, "typeVersion", data, "occurredOn", "recordedAt", "officerId",
      "postId", "officeId", role::text AS role, capacity::text AS capacity, "standsInFor", "causeKind", "causeId", papers,
      "ruleVersion", "calendarVersion"
    FROM matter_event WHERE ${where} ORDER BY "matterId", seq`
}

function eventOfRow(row: RawEvent): EventContent {
  const { officerId, postId, officeId, role, capacity, standsInFor } = row
  const nobody = [officerId, postId, officeId, role, capacity, standsInFor].every((part) => part === null)
  return {
    matterId: row.matterId,
    content: {
      seq: row.seq,
      type: row.type,
      typeVersion: row.typeVersion,
      county: row.countyId,
      occurredOn: row.occurredOn.toISOString().slice(0, 10),
      recordedAt: row.recordedAt.toISOString(),
      actor: nobody ? null : { officer: officerId, post: postId, office: officeId, role, capacity, standsInFor },
      cause: { kind: row.causeKind, id: row.causeId },
      data: row.data,
      papers: row.papers,
      ruleVersion: row.ruleVersion,
      calendarVersion: row.calendarVersion,
    },
  }
}
