import { createHash } from 'node:crypto'
import { canonicalJson } from '../../../domain/audit/canonical-form.ts'
import type { BulletinBody } from '../../../domain/supervision/bulletin.ts'
import { periodsOver, type ReportingPeriod } from '../../../domain/supervision/reporting-period.ts'
import { dayOf, type Instant, type PlainDate } from '../../../domain/time/plain-date.ts'
import { stableId } from '../../../platform/stable-id.ts'
import type { Archive, Db } from '../../client.ts'
import type { Bulletin, Prisma } from '../../generated/client.ts'
import { chainAudit } from '../system/audit.ts'
import type { AuditEntry } from '../system/audit-entry.ts'
import { readCirculars, readFigures } from './bulletin-figures.ts'
import { readClock } from '../system/clock.ts'
import { instantOfRow, rowOfInstant } from '../system/rows.ts'
import { placesBelow } from '../matter/scope.ts'
import { inOneTransaction } from '../system/transaction.ts'

/** A bulletin as it was issued. `digest` is that of its body and stands in the audit too. */
export type IssuedBulletin = {
  bulletinId: string
  countyId: string
  period: string
  body: BulletinBody
  digest: string
  issuedAt: Instant
}

/** The register of a county's bulletins. */
export function bulletinRegister(countyId: string): string {
  return `bulletin:${countyId}`
}

/**
 * Issues, for every county with cases, the bulletin of each month, quarter, half year and year that was over before a day
 * began and has none yet; what was missed since the county's first case is caught up, with the figures of today. Safe to
 * repeat. Returns how many were new.
 */
export async function issueDueBulletins(archive: Archive, day: PlainDate): Promise<number> {
  const today = dayOf(await readClock(archive.db))
  const due = day < today ? day : today
  let issued = 0
  for (const { countyId, since } of await countiesWithCases(archive.db)) {
    for (const period of await periodsWithout(archive.db, countyId, periodsOver({ since, day: due }))) {
      if (await issueBulletin(archive, countyId, period)) issued += 1
    }
  }
  return issued
}

/** Puts a bulletin together and keeps it for good. False when another did so at the same moment. */
async function issueBulletin(archive: Archive, countyId: string, period: ReportingPeriod): Promise<boolean> {
  return inOneTransaction(archive, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`register:${bulletinRegister(countyId)}`}))`
    if ((await findBulletin(tx, countyId, period.text)) !== null) return false
    const now = await readClock(tx)
    const scope = { placeIds: await placesBelow(tx, countyId), onlyPayable: false }
    const about = { countyId, period, scope, now }
    const body: BulletinBody = {
      countyId,
      period: period.text,
      places: await readFigures(tx, about),
      circulars: await readCirculars(tx, about),
    }
    const id = stableId('bulletin', countyId, period.text)
    const digest = digestOfBulletin(body)
    await tx.bulletin.create({
      data: {
        id,
        countyId,
        period: period.text,
        body: body as unknown as Prisma.InputJsonValue,
        digest,
        issuedAt: rowOfInstant(now),
      },
    })
    await chainAudit(tx, bulletinRegister(countyId), [auditOf({ countyId, period: period.text, digest }, id, now)])
    return true
  })
}

/** The digest of a body, whatever order the archive keeps its keys in. */
export function digestOfBulletin(body: BulletinBody): string {
  return createHash('sha256').update(canonicalJson(body)).digest('hex')
}

export async function findBulletin(db: Db, countyId: string, period: string): Promise<IssuedBulletin | null> {
  const row = await db.bulletin.findUnique({ where: { countyId_period: { countyId, period } } })
  return row === null ? null : bulletinOfRow(row)
}

/** Where a page of bulletins ends. */
export type BulletinMark = { issuedAt: Instant; bulletinId: string }

/** Bulletins of these counties, the latest issued first; without their bodies. */
export async function listBulletins(
  db: Db,
  countyIds: readonly string[],
  { after, take }: { after?: BulletinMark | undefined; take: number },
): Promise<Omit<IssuedBulletin, 'body'>[]> {
  const issuedAt = after === undefined ? undefined : rowOfInstant(after.issuedAt)
  const rows = await db.bulletin.findMany({
    where: {
      countyId: { in: [...countyIds] },
      ...(after === undefined || issuedAt === undefined
        ? {}
        : { OR: [{ issuedAt: { lt: issuedAt } }, { issuedAt, id: { gt: after.bulletinId } }] }),
    },
    omit: { body: true },
    orderBy: [{ issuedAt: 'desc' }, { id: 'asc' }],
    take,
  })
  return rows.map(({ id, issuedAt: at, ...row }) => ({ ...row, bulletinId: id, issuedAt: instantOfRow(at) }))
}

/** Counties with cases, each with the day of its first. */
async function countiesWithCases(db: Db): Promise<{ countyId: string; since: PlainDate }[]> {
  const counties = await db.matter.groupBy({
    by: ['countyId'],
    where: { version: { gt: 0 } },
    _min: { createdAt: true },
    orderBy: { countyId: 'asc' },
  })
  return counties.map(({ countyId, _min }) => ({ countyId, since: dayOf(instantOfRow(_min.createdAt as Date)) }))
}

async function periodsWithout(
  db: Db,
  countyId: string,
  periods: readonly ReportingPeriod[],
): Promise<ReportingPeriod[]> {
  const issued = await db.bulletin.findMany({ where: { countyId }, select: { period: true } })
  const known = new Set(issued.map(({ period }) => period))
  return periods.filter(({ text }) => !known.has(text))
}

function bulletinOfRow({ id, body, issuedAt, ...row }: Bulletin): IssuedBulletin {
  return { ...row, bulletinId: id, body: body as unknown as BulletinBody, issuedAt: instantOfRow(issuedAt) }
}

function auditOf(
  { countyId, ...detail }: { countyId: string; period: string; digest: string },
  subject: string,
  at: Instant,
): AuditEntry {
  return {
    at,
    officerId: null,
    postId: null,
    officeId: null,
    role: null,
    placeId: countyId,
    action: 'ISSUE_BULLETIN',
    result: 'DONE',
    subject,
    eventId: null,
    detail,
  }
}
