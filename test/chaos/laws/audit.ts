import { createHash } from 'node:crypto'
import type { Law } from '../checker.ts'
import { lawByQuery } from './by-query.ts'

type AuditRow = {
  register: string
  seq: number
  form: number
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
    `SELECT e."eventId" AS "where" FROM matter_event e
     WHERE (SELECT count(*) FROM audit_record a WHERE a.result = 'FILED' AND a."eventId" = e."eventId"
       AND a.register = 'case:' || e."matterId" AND a."officerId" IS NOT DISTINCT FROM e."officerId"
       AND a.role IS NOT DISTINCT FROM e.role) <> 1`,
  ),
  lawByQuery(
    'what the audit says of an event is what stands in the log',
    `SELECT e."eventId" AS "where" FROM matter_event e JOIN audit_record a ON a."eventId" = e."eventId" AND a.result = 'FILED'
     WHERE a.form = 2 AND a.detail <> jsonb_build_object('seq', e.seq, 'type', e.type, 'typeVersion', e."typeVersion",
       'county', e."countyId", 'occurredOn', to_char(e."occurredOn", 'YYYY-MM-DD'),
       'recordedAt', to_char(e."recordedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
       'actor', CASE WHEN e."officerId" IS NOT NULL THEN jsonb_build_object('officer', e."officerId", 'post', e."postId",
         'office', e."officeId", 'role', e.role, 'capacity', e.capacity, 'standsInFor', e."standsInFor") END,
       'cause', jsonb_build_object('kind', e."causeKind", 'id', e."causeId"), 'data', e.data, 'papers', e.papers,
       'ruleVersion', e."ruleVersion", 'calendarVersion', e."calendarVersion")`,
  ),
  lawByQuery(
    'each paper that the audit cites is there as it was cited',
    `SELECT a.register || ' ' || a.seq AS "where" FROM audit_record a,
       jsonb_array_elements(CASE WHEN a.register LIKE 'case:%' THEN COALESCE(a.detail->'papers', '[]') ELSE '[]' END) cited
     WHERE NOT EXISTS (SELECT FROM paper p WHERE p.id = cited->>'paperId' AND 'case:' || p."matterId" = a.register
       AND p.kind::text = cited->>'kind' AND p.digest = cited->>'digest'
       AND encode(sha256(p."bodyCipher"), 'hex') = cited->>'sealedDigest')`,
  ),
  {
    name: 'each look is in the digest of its roll-up',
    async find({ archive }) {
      const { rows } = await archive.query<LookRow>('SELECT * FROM read_record WHERE "rollUp" IS NOT NULL ORDER BY id')
      const { rows: records } = await archive.query<AuditRow>(
        `SELECT * FROM audit_record WHERE action = 'ROLL_UP_READS'`,
      )
      const looks = Map.groupBy(rows, ({ rollUp }) => rollUp)
      const rolledUp = new Map(records.map((record) => [record.seq, record.detail as { digest: string }]))
      return [...new Set([...looks.keys(), ...rolledUp.keys()])]
        .filter((rollUp) => digestOfLooks(looks.get(rollUp) ?? []) !== rolledUp.get(rollUp)?.digest)
        .map((rollUp) => `reads ${rollUp}`)
    },
  },
  lawByQuery(
    'each head that was sealed is in the audit under its number',
    `SELECT h.register || ' ' || h.seq AS "where" FROM sealed_head h WHERE NOT EXISTS (
       SELECT FROM audit_record a WHERE a.register = h.register AND a.seq = h.seq AND a.hash = h.hash)`,
  ),
  lawByQuery(
    'each seal names the one before it and counts the heads that moved',
    `SELECT s.number::text AS "where" FROM archive_seal s LEFT JOIN archive_seal b ON b.number = s.number - 1
     WHERE s.statement::jsonb->>'previous' <> COALESCE(b.digest, repeat('0', 64))
       OR (s.statement::jsonb->>'number')::int <> s.number OR s.digest <> encode(sha256(s.statement::bytea), 'hex')
       OR (s.statement::jsonb->>'moved')::int <> (SELECT count(*) FROM sealed_head h WHERE h.seal = s.number)`,
  ),
  lawByQuery(
    'each filing in the audit is an event',
    `SELECT a.register || ' ' || a.seq AS "where" FROM audit_record a
     WHERE a.result = 'FILED' AND a.register LIKE 'case:%'
       AND NOT EXISTS (SELECT FROM matter_event e WHERE e."eventId" = a."eventId")`,
  ),
  lawByQuery(
    'each refusal has its record in the audit',
    `SELECT r."matterId" AS "where" FROM request r WHERE r.status = 'REFUSED' GROUP BY r."matterId"
     HAVING count(*) <> (SELECT count(*) FROM audit_record a
       WHERE a.result = 'REFUSED' AND a.register = 'case:' || r."matterId")`,
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
  const { register, seq, officerId, postId, officeId, role, placeId, action, result, subject, eventId, previous } = row
  const at = row.at.toISOString()
  const detail = inKeyOrder(row.detail)
  if (row.form === 1) {
    const fields = [register, seq, at, officerId, postId, officeId, role, placeId, action, result, subject, eventId]
    return hashOf(JSON.stringify([...fields, detail, previous]))
  }
  // The keys stand in their order.
  return hashOf(
    JSON.stringify({
      action,
      at,
      detail,
      event: eventId,
      form: 2,
      number: seq,
      office: officeId,
      officer: officerId,
      place: placeId,
      post: postId,
      previous,
      register,
      result,
      role,
      subject,
    }),
  )
}

type LookRow = {
  id: string
  at: Date
  officerId: string | null
  postId: string | null
  officeId: string | null
  role: string | null
  kind: string
  result: string
  matterId: string | null
  subject: string | null
  purpose: string | null
  source: string
  rollUp: number
}

function digestOfLooks(looks: readonly LookRow[]): string {
  const lines = looks.map(({ id, at, officerId, postId, officeId, role, kind, result, matterId, ...rest }) => {
    const { subject, purpose, source } = rest
    const what = { case: matterId, kind, purpose, result, subject }
    const who = { office: officeId, officer: officerId, post: postId, role }
    return `${JSON.stringify({ at: at.toISOString(), number: id, source, what, who })}\n`
  })
  return hashOf(lines.join(''))
}

function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** An object written with its keys in order, whatever order the database gave them. */
function inKeyOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((inner) => inKeyOrder(inner))
  const keys = Object.keys(value).toSorted()
  return Object.fromEntries(keys.map((key) => [key, inKeyOrder((value as Record<string, unknown>)[key])]))
}
