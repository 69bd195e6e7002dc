import { createHash } from 'node:crypto'
import pg from 'pg'
import { beginningOfChain, canonicalRecord } from '../../../domain/audit/canonical-form.ts'
import { contentOfEvent } from '../../../domain/audit/event-content.ts'
import type { CaseEvent } from '../../../domain/procedures/assistance-case/facts.ts'
import { addMs, dayOf, type Instant, instant } from '../../../domain/time/plain-date.ts'

const casesAtOnce = 500
const body = Buffer.alloc(400, 7)
const bodyDigest = createHash('sha256').update(body).digest('hex')
const filedBy = { countyId: 'county', typeVersion: 1, ruleVersion: 'rules', calendarVersion: 'calendar' }

/** Cases with their events, a paper cited by every fourth, and audit records whose chains hold. Past all guards. */
export async function plantRecords(
  ownerUrl: string,
  { cases, eventsEach }: { cases: number; eventsEach: number },
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query('SET session_replication_role = replica')
    const now = instant(Date.now())
    for (let first = 0; first < cases; first += casesAtOnce) {
      const planted = []
      for (let number = first; number < Math.min(cases, first + casesAtOnce); number += 1)
        planted.push(...plantCase(`bench-${number}`, eventsEach, now))
      await insert(client, planted)
    }
    await client.query('VACUUM (ANALYZE)')
  } finally {
    await client.end()
  }
}

type Planted = { event: object; record: object; paper: object | null }

function plantCase(matterId: string, eventsEach: number, now: Instant): Planted[] {
  let previous = beginningOfChain
  return Array.from({ length: eventsEach }, (_, index) => {
    const seq = index + 1
    const recordedAt = addMs(now, -60_000 * (eventsEach - index))
    const paperId = `${matterId}-${seq}`
    const papers = seq % 4 === 0 ? [{ paperId, kind: 'OPINION', digest: bodyDigest, sealedDigest: bodyDigest }] : []
    const event = {
      eventId: `${matterId}#${seq}`,
      seq,
      type: 'FILE_REVIEWED',
      data: { agrees: true, assessmentId: paperId, amountFen: 70_000, category: null, unknownSources: [] },
      occurredOn: dayOf(recordedAt),
      recordedAt,
      actor: {
        officerId: 'an-officer',
        postId: 'a-post',
        officeId: 'an-office',
        role: 'COUNTY_HANDLER',
        capacity: 'REVIEW',
        standsInFor: null,
      },
      cause: { kind: 'REQUEST', id: `request-${seq}` },
      papers,
    } as CaseEvent
    const content = {
      form: 2,
      register: `case:${matterId}`,
      seq,
      at: recordedAt,
      officerId: 'an-officer',
      postId: 'a-post',
      officeId: 'an-office',
      role: 'COUNTY_HANDLER',
      placeId: 'a-place',
      action: 'REVIEW_FILE',
      result: 'FILED',
      subject: matterId,
      eventId: event.eventId,
      detail: contentOfEvent(event, filedBy),
      previous,
    }
    const hash = createHash('sha256')
      .update(canonicalRecord(content) ?? '')
      .digest('hex')
    previous = hash
    const { actor, cause, ...rest } = event
    return {
      event: { ...rest, ...actor, ...filedBy, matterId, causeKind: cause.kind, causeId: cause.id },
      record: { ...content, hash },
      paper:
        papers.length === 0
          ? null
          : {
              id: paperId,
              matterId,
              countyId: 'county',
              kind: 'OPINION',
              digest: bodyDigest,
              bodyCipher: `\\x${body.toString('hex')}`,
              contentType: 'application/json',
              size: body.length,
              writtenBy: 'an-officer',
              writtenAt: recordedAt,
            },
    }
  })
}

async function insert(client: pg.Client, planted: readonly Planted[]): Promise<void> {
  const into = async (table: string, rows: readonly (object | null)[]) =>
    client.query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1)`, [
      JSON.stringify(rows.filter((row) => row !== null)),
    ])
  await into(
    'matter_event',
    planted.map(({ event }) => event),
  )
  await into(
    'audit_record',
    planted.map(({ record }) => record),
  )
  await into(
    'paper',
    planted.map(({ paper }) => paper),
  )
}
