import { createHash } from 'node:crypto'
import { lookLine, readsRegister } from '../../../domain/audit/look.ts'
import { instant, type Instant } from '../../../domain/time/plain-date.ts'
import type { AuditResult, LookKind, Role } from '../../../domain/vocabulary.ts'
import type { Archive, Db } from '../../client.ts'
import type { Prisma } from '../../generated/client.ts'
import { chainAudit } from './audit.ts'
import { readClock } from './clock.ts'
import { instantOfRow } from './rows.ts'
import { lockRegisters } from '../staff/staff-register.ts'

/** Somebody who came in, or looked at something. Ids and codes, and the purpose in the words of whoever looks. */
export type NewLook = {
  officerId: string | null
  postId: string | null
  officeId: string | null
  role: Role | null
  kind: LookKind
  result: Exclude<AuditResult, 'FILED'>
  matterId: string | null
  subject: string | null
  purpose: string | null
  /** The address that it came from. */
  source: string
}

const atMost = 10_000
const minuteMs = 60_000
const transactionLimits = { maxWait: 5_000, timeout: 60_000 }

/** Writes a look down: one insert, no lock, so that no reader waits for a filing. */
export async function noteLook(db: Db, look: NewLook): Promise<void> {
  await db.$executeRaw`
    INSERT INTO read_record (at, "officerId", "postId", "officeId", role, kind, result, "matterId", subject, purpose, source)
    SELECT clock_timestamp() + COALESCE((SELECT "offsetMs" FROM deployment_clock), 0) * interval '1 millisecond',
      ${look.officerId}, ${look.postId}, ${look.officeId}, ${look.role}::"Role", ${look.kind}, ${look.result},
      ${look.matterId}, ${look.subject}, ${look.purpose}, ${look.source}`
}

/**
 * Rolls looks of past minutes up into a digest on the register of looks, which the next seal covers. A look that was
 * committed late goes into the next roll-up: what is rolled up bears its number, so none is left out and none counted
 * twice. Returns how many were rolled up.
 */
export async function rollUpLooks(archive: Archive): Promise<number> {
  const { db } = archive
  if ((await waitingUntil(db)) === null) return 0
  return db.$transaction(async (tx) => {
    await lockRegisters(tx, [readsRegister])
    return rollUpMinutes(tx)
  }, transactionLimits)
}

async function rollUpMinutes(tx: Prisma.TransactionClient): Promise<number> {
  const until = await waitingUntil(tx)
  if (until === null) return 0
  // First what joins an older form: the roll-up bears the number of its record, which comes after it.
  await chainAudit(tx, readsRegister, [])
  const last = await tx.auditRecord.findFirst({
    where: { register: readsRegister },
    orderBy: { seq: 'desc' },
    select: { seq: true },
  })
  const rollUp = (last?.seq ?? 0) + 1
  const ids = await tx.$queryRaw<{ id: string }[]>`
    UPDATE read_record SET "rollUp" = ${rollUp} WHERE id IN (
      SELECT id FROM read_record WHERE "rollUp" IS NULL AND at < ${until} ORDER BY id LIMIT ${atMost}) RETURNING id::text AS id`
  if (ids.length === 0) return 0
  const rows = await tx.readRecord.findMany({ where: { rollUp }, orderBy: { id: 'asc' } })
  const lines = createHash('sha256')
  for (const { id, at, rollUp: _, ...look } of rows)
    lines.update(lookLine({ ...look, id: String(id), at: instantOfRow(at) }))
  const at = await readClock(tx)
  await chainAudit(tx, readsRegister, [
    {
      at,
      officerId: null,
      postId: null,
      officeId: null,
      role: null,
      placeId: null,
      action: 'ROLL_UP_READS',
      result: 'DONE',
      subject: String(rollUp),
      eventId: null,
      detail: {
        count: rows.length,
        first: String(rows[0]?.id),
        last: String(rows.at(-1)?.id),
        digest: lines.digest('hex'),
      },
    },
  ])
  return rows.length
}

/** The beginning of the present minute when looks of minutes before it wait; null when none do. */
async function waitingUntil(db: Db): Promise<Date | null> {
  const until = new Date(minuteOf(await readClock(db)))
  const [waiting] = await db.$queryRaw<{ waits: boolean }[]>`
    SELECT EXISTS (SELECT FROM read_record WHERE "rollUp" IS NULL AND at < ${until}) AS waits`
  return waiting?.waits ? until : null
}

function minuteOf(at: Instant): Instant {
  return instant(Math.floor(Date.parse(at) / minuteMs) * minuteMs)
}
