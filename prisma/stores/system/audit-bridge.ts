import { createHash } from 'node:crypto'
import { canonicalJson, currentForm } from '../../../domain/audit/canonical-form.ts'
import type { Db } from '../../client.ts'
import type { AuditEntry } from './audit-entry.ts'
import { readFiledContents } from '../matter/matter-events.ts'
import { readClock } from './clock.ts'

/** The action of the record that joins two forms. */
export const bridging = 'NEW_FORM'

/**
 * The one record that joins an older form to today's: it names the last old record and, for a case, binds the full
 * content of every event that old records had bound only in part, and the papers as they lie sealed in the archive.
 */
export async function bridgeFrom(
  db: Db,
  register: string,
  { seq, hash, form }: { seq: number; hash: string; form: number },
): Promise<AuditEntry> {
  const matterId = register.startsWith('case:') ? register.slice('case:'.length) : null
  const contents = matterId === null ? [] : await readFiledContents(db, matterId, { form })
  const lines = createHash('sha256')
  for (const content of contents) lines.update(`${canonicalJson(content)}\n`)
  return {
    at: await readClock(db),
    officerId: null,
    postId: null,
    officeId: null,
    role: null,
    placeId: null,
    action: bridging,
    result: 'DONE',
    subject: matterId ?? register,
    eventId: null,
    detail: {
      from: { form, seq, hash },
      to: currentForm,
      events: contents.length,
      eventsDigest: lines.digest('hex'),
      papers: matterId === null ? [] : await papersAsSealed(db, matterId),
    },
  }
}

async function papersAsSealed(db: Db, matterId: string): Promise<object[]> {
  return db.$queryRaw<object[]>`
    SELECT id AS "paperId", kind::text AS kind, digest, encode(sha256("bodyCipher"), 'hex') AS "sealedDigest"
    FROM paper WHERE "matterId" = ${matterId} AND "erasedAt" IS NULL ORDER BY id COLLATE "C"`
}
