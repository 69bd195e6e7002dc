import { createHash } from 'node:crypto'
import type { Law } from '../checker.ts'
import { lawByQuery } from './by-query.ts'

type AuditRow = {
  register: string
  seq: number
  at: Date
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
  previous: string
  hash: string
}

/** What must hold of the audit: nothing can be taken out or changed unseen, and nothing happened without it. */
export const lawsOfAudit: readonly Law[] = [
  {
    name: 'each record of the audit follows from the one before',
    async find({ archive }) {
      const { rows } = await archive.query<AuditRow>('SELECT * FROM audit_record ORDER BY register, seq')
      const registers = Map.groupBy(rows, ({ register }) => register)
      return [...registers].flatMap(([register, records]) => {
        const broken = records.findIndex((record, index) => !follows(record, index, records[index - 1]))
        return broken < 0 ? [] : [`${register} ${records[broken]?.seq}`]
      })
    },
  },
  lawByQuery(
    'each event has one record in the audit',
    `SELECT e."eventId" AS "where" FROM case_event e
     WHERE (SELECT count(*) FROM audit_record a WHERE a.result = 'FILED' AND a."eventId" = e."eventId"
       AND a.register = 'case:' || e."caseId" AND a."officerId" IS NOT DISTINCT FROM e."officerId"
       AND a.role IS NOT DISTINCT FROM e.role) <> 1`,
  ),
  lawByQuery(
    'each filing in the audit is an event',
    `SELECT a.register || ' ' || a.seq AS "where" FROM audit_record a
     WHERE a.result = 'FILED' AND a.register LIKE 'case:%'
       AND NOT EXISTS (SELECT FROM case_event e WHERE e."eventId" = a."eventId")`,
  ),
  lawByQuery(
    'each refusal has its record in the audit',
    `SELECT r."caseId" AS "where" FROM request r WHERE r.status = 'REFUSED' GROUP BY r."caseId"
     HAVING count(*) <> (SELECT count(*) FROM audit_record a
       WHERE a.result = 'REFUSED' AND a.register = 'case:' || r."caseId")`,
  ),
]

function follows(record: AuditRow, index: number, before: AuditRow | undefined): boolean {
  return (
    record.seq === index + 1 &&
    record.previous === (before?.hash ?? ''.padStart(64, '0')) &&
    record.hash === digestOf(record)
  )
}

function digestOf(row: AuditRow): string {
  const { register, seq, at, officerId, postId, officeId, role, placeId, action, result, subject, eventId } = row
  const who = [officerId, postId, officeId, role, placeId]
  const what = [action, result, subject, eventId, inKeyOrder(row.detail), row.previous]
  const text = JSON.stringify([register, seq, at.toISOString(), ...who, ...what])
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** An object written with its keys in order, whatever order the database gave them. */
function inKeyOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((inner) => inKeyOrder(inner))
  const keys = Object.keys(value).toSorted()
  return Object.fromEntries(keys.map((key) => [key, inKeyOrder((value as Record<string, unknown>)[key])]))
}
