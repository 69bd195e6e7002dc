import { createHash } from 'node:crypto'
import { beginningOfChain } from '../../../domain/audit/canonical-form.ts'
import { type Head, headLine, type Seal, type SealStatement, sealText } from '../../../domain/audit/seal-statement.ts'
import { addDays, dayOf, type Instant, msOf, type PlainDate, startOf } from '../../../domain/time/plain-date.ts'
import type { Sealer } from '../../../platform/seal-key.ts'
import type { Archive, Db } from '../../client.ts'
import { Prisma } from '../../generated/client.ts'
import { readClock } from './clock.ts'
import { instantOfRow, rowOfDay, rowOfInstant } from './rows.ts'
import { lockRegisters } from '../staff/staff-register.ts'

type Tx = Prisma.TransactionClient

/** A seal with when and by whom it was taken. */
export type TakenSeal = Seal & { takenAt: Instant; takenBy: string | null }

const pageSize = 5_000
const registersAtOnce = 20_000
// One pass over the heads of all registers; nothing waits for it but another seal.
const transactionLimits = { maxWait: 5_000, timeout: 10 * 60_000 }

/**
 * Takes a seal by hand, over everything that is committed at this moment.
 * @param atOnce registers that are looked at in one statement.
 */
export async function takeSeal(
  archive: Archive,
  sealer: Sealer,
  takenBy: string,
  atOnce = registersAtOnce,
): Promise<TakenSeal> {
  return archive.db.$transaction(async (tx) => {
    await lockRegisters(tx, ['seal'])
    return sealHeads(tx, sealer, { takenBy, atOnce })
  }, transactionLimits)
}

/** Takes the seal of the day, once, after its round is finished. Null when none is owed. */
export async function takeOwedSeal(archive: Archive, sealer: Sealer): Promise<TakenSeal | null> {
  if (!(await isOwed(archive.db))) return null
  return archive.db.$transaction(async (tx) => {
    await lockRegisters(tx, ['seal'])
    return (await isOwed(tx)) ? sealHeads(tx, sealer, { takenBy: null, atOnce: registersAtOnce }) : null
  }, transactionLimits)
}

/** Seals after a number, the first of them first. */
export async function readSeals(
  db: Db,
  { after, take }: { after: number; take: number },
): Promise<(TakenSeal & { day: PlainDate })[]> {
  const rows = await db.archiveSeal.findMany({ where: { number: { gt: after } }, orderBy: { number: 'asc' }, take })
  return rows.map(({ day, takenAt, ...seal }) => ({
    ...seal,
    day: day.toISOString().slice(0, 10) as PlainDate,
    takenAt: instantOfRow(takenAt),
  }))
}

/** The last seals, the latest first. */
export async function readLatestSeals(db: Db, { before, take }: { before?: number | undefined; take: number }) {
  const rows = await db.archiveSeal.findMany({
    ...(before === undefined ? {} : { where: { number: { lt: before } } }),
    orderBy: { number: 'desc' },
    take,
  })
  return rows.map((row): TakenSeal => ({ ...row, takenAt: instantOfRow(row.takenAt) }))
}

/** Whether the last day that is over has no seal, though there was something to seal by its end. */
export async function isSealOverdue(db: Db): Promise<boolean> {
  const today = dayOf(await readClock(db))
  const sealed = await db.archiveSeal.findFirst({
    where: { day: { gte: rowOfDay(addDays(today, -1)) } },
    select: { number: true },
  })
  if (sealed !== null) return false
  const before = { at: { lt: rowOfInstant(startOf(today)) } }
  return (await db.auditRecord.findFirst({ where: before, select: { seq: true } })) !== null
}

/** How long ago the last seal was taken; without one, how long ago the audit began. 0 when there is nothing to seal. */
export async function readSealAgeSeconds(db: Db): Promise<number> {
  const last = await db.archiveSeal.findFirst({ orderBy: { number: 'desc' }, select: { takenAt: true } })
  const { _min } =
    last === null ? await db.auditRecord.aggregate({ _min: { at: true } }) : { _min: { at: last.takenAt } }
  return _min.at === null ? 0 : Math.max(0, (msOf(await readClock(db)) - _min.at.getTime()) / 1000)
}

async function isOwed(db: Db): Promise<boolean> {
  const day = rowOfDay(dayOf(await readClock(db)))
  const round = await db.dailyRound.findUnique({ where: { day } })
  if (!round?.finishedAt) return false
  return (await db.archiveSeal.findFirst({ where: { day, takenBy: null }, select: { number: true } })) === null
}

async function sealHeads(
  tx: Tx,
  sealer: Sealer,
  { takenBy, atOnce }: { takenBy: string | null; atOnce: number },
): Promise<TakenSeal> {
  const last = await tx.archiveSeal.findFirst({ orderBy: { number: 'desc' }, select: { number: true, digest: true } })
  const number = (last?.number ?? 0) + 1
  await noteMovedHeads(tx, number, atOnce)
  const takenAt = await readClock(tx)
  const moved = await digestOfHeads((after) => pageOfMoved(tx, number, after))
  const all = await digestOfHeads((after) => pageOfAll(tx, number, after))
  const statement: SealStatement = {
    form: 1,
    number,
    day: dayOf(takenAt),
    takenAt,
    takenBy,
    registers: all.count,
    headsDigest: all.digest,
    moved: moved.count,
    movedDigest: moved.digest,
    previous: last?.digest ?? beginningOfChain,
  }
  const text = sealText(statement)
  const seal: Seal = {
    number,
    statement: text,
    digest: createHash('sha256').update(text).digest('hex'),
    keyId: sealer.keyId,
    signature: sealer.sign(text),
  }
  await tx.archiveSeal.create({
    data: { ...seal, day: rowOfDay(statement.day), takenAt: rowOfInstant(takenAt), takenBy },
  })
  return { ...seal, takenAt, takenBy }
}

/**
 * The heads that moved since the seal before. The last record of each register is looked up in the index, one after the
 * other, instead of going through all records; so many at a time that no statement takes long.
 */
async function noteMovedHeads(tx: Tx, number: number, atOnce: number): Promise<void> {
  let below: string | null = null
  for (;;) {
    const before: Prisma.Sql = below === null ? Prisma.empty : Prisma.sql`WHERE register < ${below}`
    const [seen] = await tx.$queryRaw<{ last: string | null; count: number }[]>`
      WITH RECURSIVE head AS (
        (SELECT register, seq, hash, 1 AS number FROM audit_record ${before} ORDER BY register DESC, seq DESC LIMIT 1)
        UNION ALL
        SELECT next.*, head.number + 1 FROM head CROSS JOIN LATERAL (
          SELECT a.register, a.seq, a.hash FROM audit_record a WHERE a.register < head.register
          ORDER BY a.register DESC, a.seq DESC LIMIT 1) next
        WHERE head.number < ${atOnce}::int
      ), moved AS (
        INSERT INTO sealed_head (seal, register, seq, hash)
        SELECT ${number}::int, head.register, head.seq, head.hash FROM head
        LEFT JOIN LATERAL (SELECT s.seq, s.hash FROM sealed_head s WHERE s.register = head.register
          ORDER BY s.seal DESC LIMIT 1) sealed ON true
        WHERE sealed.seq IS DISTINCT FROM head.seq OR sealed.hash IS DISTINCT FROM head.hash
      )
      SELECT min(register) AS last, count(*)::int AS count FROM head`
    if (seen === undefined || seen.last === null || seen.count < atOnce) return
    below = seen.last
  }
}

async function pageOfMoved(tx: Tx, seal: number, after: string): Promise<Head[]> {
  return tx.$queryRaw<Head[]>`
    SELECT register, seq, hash FROM sealed_head WHERE seal = ${seal} AND register > ${after}
    ORDER BY register LIMIT ${pageSize}`
}

async function pageOfAll(tx: Tx, seal: number, after: string): Promise<Head[]> {
  return tx.$queryRaw<Head[]>`
    SELECT DISTINCT ON (register) register, seq, hash FROM sealed_head WHERE seal <= ${seal} AND register > ${after}
    ORDER BY register, seal DESC LIMIT ${pageSize}`
}

async function digestOfHeads(
  pageAfter: (register: string) => Promise<Head[]>,
): Promise<{ count: number; digest: string }> {
  const lines = createHash('sha256')
  let count = 0
  for (let after = ''; ; ) {
    const page = await pageAfter(after)
    for (const head of page) lines.update(headLine(head))
    count += page.length
    after = page.at(-1)?.register ?? after
    if (page.length < pageSize) return { count, digest: lines.digest('hex') }
  }
}
