import type { Instant } from '../time/plain-date.ts'

/**
 * The text over which the hash of an audit record is taken. It has words of its own, so that tables and columns can be
 * renamed without any record losing its proof; a change of the words is a new form beside the old ones, never a change of
 * one that records were written in.
 */

/** The form that records are written in today. */
export const currentForm = 2

/** What stands before the first record of a register. */
export const beginningOfChain = '0'.repeat(64)

/** A record of the audit as its hash sees it. `seq` counts from 1 within the register. */
export type ChainedRecord = Readonly<{
  form: number
  register: string
  seq: number
  at: Instant
  officerId: string | null
  postId: string | null
  officeId: string | null
  role: string | null
  placeId: string | null
  action: string
  result: string
  subject: string
  eventId: string | null
  detail: unknown
  /** The hash of the record before. */
  previous: string
}>

/** The canonical text of a record, in the form that it names; null for a form that this version does not know. */
export function canonicalRecord(record: ChainedRecord): string | null {
  if (record.form === 1) return firstForm(record)
  if (record.form === 2) return secondForm(record)
  return null
}

/** JSON with its keys in the order of their code units, whatever order the archive gave them. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const object = value as Record<string, unknown>
  const fields = Object.keys(object)
    .toSorted()
    .filter((key) => object[key] !== undefined)
  return `{${fields.map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key])}`).join(',')}}`
}

/** Written until November 2026. Of an event it knew neither capacity nor stand-in, nor the versions that it was judged by. */
function firstForm(record: ChainedRecord): string {
  const { register, seq, at, officerId, postId, officeId, role, placeId, previous } = record
  const { action, result, subject, eventId, detail } = record
  const who = [officerId, postId, officeId, role, placeId]
  return canonicalJson([register, seq, at, ...who, action, result, subject, eventId, detail, previous])
}

function secondForm(record: ChainedRecord): string {
  return canonicalJson({
    form: 2,
    register: record.register,
    number: record.seq,
    at: record.at,
    officer: record.officerId,
    post: record.postId,
    office: record.officeId,
    role: record.role,
    place: record.placeId,
    action: record.action,
    result: record.result,
    subject: record.subject,
    event: record.eventId,
    detail: record.detail,
    previous: record.previous,
  })
}
