import { createHash } from 'node:crypto'
import {
  beginningOfChain,
  type ChainedRecord,
  canonicalRecord,
  currentForm,
} from '../../../domain/audit/canonical-form.ts'
import type { Instant } from '../../../domain/time/plain-date.ts'
import type { Db } from '../../client.ts'
import { bridgeFrom } from './audit-bridge.ts'
import type { AuditEntry } from './audit-entry.ts'
import { rowOfInstant } from './rows.ts'

/**
 * Chains entries onto a register. A register is one case or one kind of office data: one chain for all would queue
 * every filing behind one row. The caller holds the register's lock (the case row, or an advisory lock). A register whose
 * last record is in an older form gets the record that joins both first.
 */
export async function chainAudit(db: Db, register: string, entries: readonly AuditEntry[]): Promise<void> {
  const last = await db.auditRecord.findFirst({
    where: { register },
    orderBy: { seq: 'desc' },
    select: { seq: true, hash: true, form: true },
  })
  const old = last !== null && last.form !== currentForm
  const chained = old ? [await bridgeFrom(db, register, last), ...entries] : entries
  const data = rowsAfter(last ?? { seq: 0, hash: beginningOfChain }, register, chained)
  if (data.length > 0) await db.auditRecord.createMany({ data })
}

/** The first records of a register that has none yet: those of many registers are written together. */
export function firstAuditRows(register: string, entries: readonly AuditEntry[]) {
  return rowsAfter({ seq: 0, hash: beginningOfChain }, register, entries)
}

function rowsAfter(last: { seq: number; hash: string }, register: string, entries: readonly AuditEntry[]) {
  let { seq, hash: previous } = last
  return entries.map((entry) => {
    seq += 1
    const record = { ...entry, form: currentForm, register, seq, previous }
    const hash = hashOf(record)
    previous = hash
    return { ...record, at: rowOfInstant(entry.at), detail: entry.detail as object, hash }
  })
}

/** The first record that does not follow from the one before it, or null when the chain holds. */
export async function findBrokenLink(db: Db, register: string): Promise<number | null> {
  const records = await db.auditRecord.findMany({ where: { register }, orderBy: { seq: 'asc' } })
  let before = beginningOfChain
  for (const [index, { at, hash, ...record }] of records.entries()) {
    const follows = record.seq === index + 1 && record.previous === before
    if (!follows || hash !== hashOf({ ...record, at: at.toISOString() as Instant })) return record.seq
    before = hash
  }
  return null
}

function hashOf(record: ChainedRecord): string {
  return createHash('sha256')
    .update(canonicalRecord(record) ?? '')
    .digest('hex')
}
