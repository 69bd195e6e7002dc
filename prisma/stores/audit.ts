import { createHash } from 'node:crypto'
import type { Instant } from '../../domain/time/plain-date.ts'
import type { Role } from '../../domain/vocabulary.ts'
import type { Db } from '../client.ts'
import { rowOfInstant } from './rows.ts'

/** One line of the audit: who did or tried what, as what, where, when, and how it ended. Codes only. */
export type AuditEntry = {
  at: Instant
  officerId: string | null
  postId: string | null
  officeId: string | null
  role: Role | null
  placeId: string | null
  action: string
  result: 'FILED' | 'REFUSED' | 'DONE'
  subject: string
  eventId: string | null
  detail: Record<string, unknown>
}

const beginning = '0'.repeat(64)

/**
 * Chains entries onto a register. A register is one case or one kind of office data: one chain for all would queue
 * every filing behind one row. The caller holds the register's lock (the case row, or an advisory lock).
 */
export async function chainAudit(db: Db, register: string, entries: readonly AuditEntry[]): Promise<void> {
  const last = await db.auditRecord.findFirst({
    where: { register },
    orderBy: { seq: 'desc' },
    select: { seq: true, hash: true },
  })
  let seq = last?.seq ?? 0
  let previous = last?.hash ?? beginning
  const data = entries.map((entry) => {
    seq += 1
    const hash = hashOf(register, seq, entry, previous)
    const record = {
      ...entry,
      register,
      seq,
      at: rowOfInstant(entry.at),
      detail: entry.detail as object,
      previous,
      hash,
    }
    previous = hash
    return record
  })
  await db.auditRecord.createMany({ data })
}

/** The first record that does not follow from the one before it, or null when the chain holds. */
export async function findBrokenLink(db: Db, register: string): Promise<number | null> {
  const records = await db.auditRecord.findMany({ where: { register }, orderBy: { seq: 'asc' } })
  let previous = beginning
  for (const [index, { register: _, seq, at, previous: claimed, hash, ...rest }] of records.entries()) {
    const entry = { ...rest, at: at.toISOString(), detail: rest.detail } as unknown as AuditEntry
    if (seq !== index + 1 || claimed !== previous || hash !== hashOf(register, seq, entry, previous)) return seq
    previous = hash
  }
  return null
}

function hashOf(register: string, seq: number, entry: AuditEntry, previous: string): string {
  const fields = [
    register,
    seq,
    entry.at,
    entry.officerId,
    entry.postId,
    entry.officeId,
    entry.role,
    entry.placeId,
    entry.action,
    entry.result,
    entry.subject,
    entry.eventId,
    canonical(entry.detail),
    previous,
  ]
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex')
}

/** PostgreSQL reorders the keys of a stored object, so keys are sorted before hashing. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  )
}
