import type { Refusal } from '../../../domain/matter/refusals.ts'
import type { Instant } from '../../../domain/time/plain-date.ts'
import type { Db } from '../../client.ts'
import type { Request } from '../../generated/client.ts'
import { rowOfInstant } from '../system/rows.ts'

/** What a person is answered; the same again for the same request, for as long as the case lives. */
export type StoredAnswer =
  | { outcome: 'FILED'; matterId: string; eventId: string; version: number; standsInFor?: string }
  | { outcome: 'REFUSED'; matterId: string; refusal: Refusal; version: number }

/** A request as it was written down, with its answer once there is one. */
export type ReceivedRequest = Request

export type RequestKey = { officerId: string; requestId: string }

/**
 * Writes down what was asked, before anything else is done about it. A request that is there already is left as it is;
 * the caller compares the digests.
 */
export async function receiveRequest(
  db: Db,
  request: RequestKey & {
    postId: string
    action: string
    matterId: string
    contentDigest: string
    content: object
    receivedAt: Instant
    /** The bulk act that it is a row of. */
    bulkId?: string
  },
): Promise<Request> {
  await db.request.createMany({
    data: [{ ...request, status: 'RECEIVED', receivedAt: rowOfInstant(request.receivedAt) }],
    skipDuplicates: true,
  })
  return getRequest(db, request)
}

export async function findRequest(db: Db, { officerId, requestId }: RequestKey): Promise<Request | null> {
  return db.request.findUnique({ where: { officerId_requestId: { officerId, requestId } } })
}

/** Any row of a bulk act that was written down. */
export async function findBulkRequest(db: Db, bulkId: string): Promise<Request | null> {
  return db.request.findFirst({ where: { bulkId } })
}

/** @throws when nobody wrote the request down: every act begins with its row. */
export async function getRequest(db: Db, { officerId, requestId }: RequestKey): Promise<Request> {
  return db.request.findUniqueOrThrow({ where: { officerId_requestId: { officerId, requestId } } })
}

/** Stores the answer, once: a request that has one keeps it. */
export async function answerRequest(db: Db, key: RequestKey, answer: StoredAnswer, at: Instant): Promise<void> {
  await db.request.updateMany({
    where: { officerId: key.officerId, requestId: key.requestId, status: 'RECEIVED' },
    data: { status: answer.outcome, answer, answeredAt: rowOfInstant(at) },
  })
}

/** The procedure has taken up what was filed: nobody needs to remind it. */
export async function acknowledgeRequest(db: Db, { officerId, requestId }: RequestKey, at: Instant): Promise<void> {
  await db.request.updateMany({
    where: { officerId, requestId, acknowledgedAt: null },
    data: { acknowledgedAt: rowOfInstant(at) },
  })
}

/** Acts filed before an instant that the procedure never acknowledged: worker, engine and caller were all gone. */
export async function findUnacknowledged(
  db: Db,
  before: Instant,
  atMost: number,
): Promise<(RequestKey & { matterId: string })[]> {
  const rows = await db.request.findMany({
    where: { status: 'FILED', acknowledgedAt: null, answeredAt: { lt: rowOfInstant(before) } },
    select: { officerId: true, requestId: true, matterId: true },
    orderBy: { answeredAt: 'asc' },
    take: atMost,
  })
  return rows.map((row) => ({ ...row, matterId: row.matterId as string }))
}
