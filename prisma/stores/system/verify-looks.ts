import { createHash } from 'node:crypto'
import type { ChainedRecord } from '../../../domain/audit/canonical-form.ts'
import { lookLine, readsRegister } from '../../../domain/audit/look.ts'
import type { Instant } from '../../../domain/time/plain-date.ts'
import type { Db } from '../../client.ts'
import type { Report } from './verification-report.ts'

type RawLook = Omit<Parameters<typeof lookLine>[0], 'at'> & { at: Date }

const pageSize = 5_000

/** Holds a record of looks against the looks themselves. Returns how many it covers; none when it is another record. */
export async function verifyRollUp(db: Db, record: ChainedRecord, report: Report): Promise<number> {
  const { register, seq, action } = record
  if (register !== readsRegister || action !== 'ROLL_UP_READS') return 0
  const { count, digest } = record.detail as { count: number; digest: string }
  const lines = createHash('sha256')
  let found = 0
  for (let after = '0'; ; ) {
    const page = await db.$queryRaw<RawLook[]>`
      SELECT id::text AS id, at, "officerId", "postId", "officeId", role::text AS role, kind, result, "matterId", subject,
        purpose, source
      FROM read_record WHERE "rollUp" = ${seq} AND id > ${after}::bigint ORDER BY read_record.id LIMIT ${pageSize}`
    for (const { at, ...look } of page) lines.update(lookLine({ ...look, at: at.toISOString() as Instant }))
    found += page.length
    after = page.at(-1)?.id ?? after
    if (page.length < pageSize) break
  }
  if (found !== count) report('LOOKS_CHANGED', { register, seq, what: `${found} of ${count}` })
  else if (lines.digest('hex') !== digest) report('LOOKS_CHANGED', { register, seq })
  return count
}

/** Looks that bear a roll-up of which there is no record, and how many are not rolled up yet, since when. */
export async function verifyLooseLooks(
  db: Db,
  report: Report,
): Promise<{ waiting: number; waitingSince: Instant | null }> {
  const unrecorded = await db.$queryRaw<{ rollUp: number }[]>`
    SELECT DISTINCT "rollUp" FROM read_record r WHERE "rollUp" IS NOT NULL AND NOT EXISTS (
      SELECT FROM audit_record a WHERE a.register = ${readsRegister} AND a.seq = r."rollUp"
        AND a.action = 'ROLL_UP_READS') ORDER BY 1 LIMIT 100`
  for (const { rollUp } of unrecorded) report('LOOK_UNRECORDED', { register: readsRegister, seq: rollUp })
  const [waiting] = await db.$queryRaw<{ count: number; since: Date | null }[]>`
    SELECT count(*)::int AS count, min(at) AS since FROM read_record WHERE "rollUp" IS NULL`
  return { waiting: waiting?.count ?? 0, waitingSince: (waiting?.since?.toISOString() as Instant | undefined) ?? null }
}
