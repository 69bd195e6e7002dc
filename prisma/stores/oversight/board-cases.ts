import type { LimitKey } from '../../../domain/matter/limit-keys.ts'
import { limitsOffDesk } from '../../../domain/matter/limit-holders.ts'
import type { ChargedWait } from '../../../domain/time/charged-days.ts'
import type { Instant, PlainDate } from '../../../domain/time/plain-date.ts'
import type { ClockKind, SupervisionRung } from '../../../domain/vocabulary.ts'
import type { Stage } from '../../../domain/procedures/words.ts'
import type { Db } from '../../client.ts'
import { dayOfRow, instantOfRow, waitsOfRow } from '../system/rows.ts'

/** The running limit that is due soonest in a case. */
export type SoonestLimit = {
  limit: LimitKey
  run: number
  kind: ClockKind
  startedOn: PlainDate
  dueOn: PlainDate
  dueAt: Instant
  provisional: boolean
  waits: ChargedWait[]
}

/** What a list of supervision tells of one case. Rung and receipt are those of limits that still run. */
export type BoardCase = {
  matterId: string
  matterNumber: string
  title: string
  placeId: string
  stage: Stage
  stageSince: Instant
  version: number
  soonest: SoonestLimit | null
  rung: SupervisionRung | null
  receipt: { seenBy: string; seenAt: Instant } | null
  orderOpen: boolean
}

type Row = Omit<BoardCase, 'stageSince' | 'soonest' | 'receipt'> & {
  stageSince: Date
  limit: LimitKey | null
  run: number
  kind: ClockKind
  startedOn: Date
  dueOn: Date
  dueAt: Date
  provisional: boolean
  waits: unknown
  seenBy: string | null
  seenAt: Date | null
}

/**
 * What a list tells of these cases, in the order asked for; the caller found them within its scope. Where a `limit` is
 * given, that one is told of instead of the soonest.
 */
export async function readBoardCases(
  db: Db,
  matterIds: readonly string[],
  { limit = null }: { limit?: LimitKey | null | undefined } = {},
): Promise<BoardCase[]> {
  const rows = await db.$queryRaw<Row[]>`
    SELECT c.id AS "matterId", c.number AS "matterNumber", c.title, c."placeId", c.stage, c."stageSince", c.version,
      d."limit", d.run, d.kind::text AS kind, d."startedOn", d."dueOn", d."dueAt", d.provisional, d.waits,
      s.rung, r."officerId" AS "seenBy", r."seenAt",
      EXISTS (SELECT FROM supervision_order o WHERE o."matterId" = c.id AND o."closedAt" IS NULL) AS "orderOpen"
    FROM unnest(${[...matterIds]}::text[]) WITH ORDINALITY AS asked (id, place)
    JOIN matter c ON c.id = asked.id
    LEFT JOIN LATERAL (SELECT "limit", run, kind, "startedOn", "dueOn", "dueAt", provisional, waits FROM deadline
      WHERE "matterId" = c.id AND "stoppedOn" IS NULL
        AND (("limit" = ${limit}) OR (${limit}::text IS NULL AND "limit" <> ALL(${limitsOffDesk})))
      ORDER BY "dueAt", "limit" LIMIT 1) d ON true
    LEFT JOIN LATERAL (SELECT max(i.rung)::text AS rung FROM supervision_item i
      WHERE i."matterId" = c.id AND i."closedAt" IS NULL) s ON true
    LEFT JOIN LATERAL (SELECT r."officerId", r."seenAt" FROM supervision_item i
      JOIN supervision_receipt r ON r."itemId" = i.id WHERE i."matterId" = c.id AND i."closedAt" IS NULL
      ORDER BY r."seenAt" DESC, r."officerId" LIMIT 1) r ON true
    ORDER BY asked.place`
  return rows.map(caseOfRow)
}

function caseOfRow(row: Row): BoardCase {
  const { matterId, matterNumber, title, placeId, stage, version, rung, orderOpen, limit, seenBy, seenAt } = row
  return {
    matterId,
    matterNumber,
    title,
    placeId,
    stage,
    version,
    rung,
    orderOpen,
    stageSince: instantOfRow(row.stageSince),
    receipt: seenBy === null || seenAt === null ? null : { seenBy, seenAt: instantOfRow(seenAt) },
    soonest:
      limit === null
        ? null
        : {
            limit,
            run: row.run,
            kind: row.kind,
            startedOn: dayOfRow(row.startedOn),
            dueOn: dayOfRow(row.dueOn),
            dueAt: instantOfRow(row.dueAt),
            provisional: row.provisional,
            waits: waitsOfRow(row.waits),
          },
  }
}
