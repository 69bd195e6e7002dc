import { createHash } from 'node:crypto'
import type { Instant } from '../../../domain/time/plain-date.ts'
import type { MatchingSource, SetAsideReason, SetAsideSource } from '../../../domain/vocabulary.ts'
import { stableId } from '../../../platform/stable-id.ts'
import type { Archive, Db } from '../../client.ts'
import { Prisma, type SetAsideItem } from '../../generated/client.ts'
import { clearAlarm, raiseAlarms } from '../oversight/alarms.ts'
import { type AtCase, clearCaseAlarm, raiseCaseAlarm } from '../oversight/matter-alarms.ts'
import { readClock } from '../system/clock.ts'
import type { LockedMatter } from './locked-matter.ts'
import { officesToTell } from '../oversight/offices-to-tell.ts'
import { instantOfRow, rowOfInstant } from '../system/rows.ts'
import { type CaseArea, withinArea } from './scope.ts'
import { lockRegisters } from '../staff/staff-register.ts'
import { inOneTransaction } from '../system/transaction.ts'

/** Something that cannot be taken as it is. `faults` are codes and names of fields; only `body` holds what was said. */
export type SetAside = {
  source: SetAsideSource
  reason: SetAsideReason
  about: string | null
  register?: MatchingSource
  faults: readonly string[]
  body: unknown
  /** What makes it the same thing when it is said again in other words, as with a time of its own. */
  sameAs?: string
}

const place = (rowId: string) => ({ table: 'set_aside_item', column: 'bodyCipher', rowId })

/** The same thing has the same id, so that asking an institution again does not set its answer aside again. */
function idOf(matterId: string | null, { source, reason, about, body, sameAs }: SetAside): string {
  const said = sameAs ?? createHash('sha256').update(textOf(body)).digest('hex')
  return stableId('SET_ASIDE', matterId ?? '', source, reason, about ?? '', said)
}

/** Nothing that was said may keep itself from being set aside, however deep it is nested. */
function textOf(body: unknown): string {
  try {
    return JSON.stringify(body) ?? 'null'
  } catch {
    return '"cannot be written down"'
  }
}

/** What belongs to no case is told together; its lock keeps an item that comes from missing the alarm as it is cleared. */
const ofNoCase = 'set-aside:no-case'
const alarmOfNoCase = { kind: 'SET_ASIDE', subject: 'NO_CASE' } as const

type At = AtCase & Pick<LockedMatter, 'cipher'>

/**
 * Keeps things of a case for a person to see, and raises the case's alarm. Under the case's lock, in its transaction; what
 * was set aside before, or seen to since, raises nothing again.
 */
export async function setAside(at: At, items: readonly SetAside[]): Promise<void> {
  const { tx, cipher, row, now } = at
  const rows = items.map((item) => rowOf({ cipher }, row, item, now))
  if (rows.length === 0) return
  const { count } = await tx.setAsideItem.createMany({ data: rows, skipDuplicates: true })
  if (count > 0) await raiseCaseAlarm(at, 'SET_ASIDE', row.id, { items: rows.map(({ id }) => id) })
}

/** The same for a message that names no case that we know: seen in the list of the administrators, whom one alarm tells. */
export async function setAsideWithoutCase(archive: Archive, item: SetAside, at: Instant): Promise<void> {
  await inOneTransaction(archive, async (tx) => {
    await lockRegisters(tx, [ofNoCase])
    const { count } = await tx.setAsideItem.createMany({ data: [rowOf(archive, null, item, at)], skipDuplicates: true })
    if (count === 0) return
    const told = await officesToTell(tx, null)
    const troubles = told.map((office) => ({
      ...office,
      ...alarmOfNoCase,
      matterId: null,
      role: 'ADMINISTRATOR' as const,
    }))
    await raiseAlarms(tx, troubles, await readClock(tx))
  })
}

function rowOf(
  { cipher }: Pick<Archive, 'cipher'>,
  of: { id: string; countyId: string } | null,
  item: SetAside,
  at: Instant,
) {
  const id = idOf(of?.id ?? null, item)
  return {
    id,
    source: item.source,
    reason: item.reason,
    matterId: of?.id ?? null,
    countyId: of?.countyId ?? null,
    about: item.about,
    register: item.register ?? null,
    faults: [...item.faults],
    bodyCipher: cipher.seal(textOf(item.body), place(id)),
    setAsideAt: rowOfInstant(at),
  }
}

/** What of a request could not be read or placed, by register. */
export async function setAsideOfRequest(db: Db, matterId: string, requestId: string): Promise<SetAsideItem[]> {
  return db.setAsideItem.findMany({
    where: { matterId, about: requestId, source: 'MATCHING_CENTRE' },
    orderBy: [{ setAsideAt: 'asc' }, { id: 'asc' }],
  })
}

/** What was said, in clear. */
export function bodyOfSetAside({ cipher }: Pick<Archive, 'cipher'>, { id, bodyCipher }: SetAsideItem): unknown {
  return JSON.parse(cipher.open(bodyCipher, place(id))) as unknown
}

export type SetAsideMark = { setAsideAt: Instant; itemId: string }

/** One item as lists show it: what was said stays sealed. */
export type SetAsideRow = {
  itemId: string
  source: SetAsideSource
  reason: SetAsideReason
  matterId: string | null
  matterNumber: string | null
  about: string | null
  register: MatchingSource | null
  faults: string[]
  setAsideAt: Instant
  closedAt: Instant | null
  closedBy: string | null
}

/** Items of cases in these places but for some, the latest first; those of no case where `ofNoCase` says so. */
export async function readSetAside(
  db: Db,
  page: {
    placeIds: readonly string[]
    recusedMatterIds: readonly string[]
    ofNoCase: boolean
    open: boolean
    after?: SetAsideMark | undefined
    take: number
  },
): Promise<SetAsideRow[]> {
  const { placeIds, recusedMatterIds, ofNoCase, open, after, take } = page
  const since = after
    ? Prisma.sql`AND (s."setAsideAt", s.id) < (${rowOfInstant(after.setAsideAt)}::timestamptz, ${after.itemId})`
    : Prisma.empty
  const rows = await db.$queryRaw<
    (Omit<SetAsideRow, 'setAsideAt' | 'closedAt'> & { setAsideAt: Date; closedAt: Date | null })[]
  >`
    SELECT s.id AS "itemId", s.source::text AS source, s.reason::text AS reason, s."matterId", c.number AS "matterNumber", s.about,
      s.register::text AS register, s.faults, s."setAsideAt", s."closedAt", s."closedBy"
    FROM set_aside_item s LEFT JOIN matter c ON c.id = s."matterId"
    WHERE (s."closedAt" IS NULL) = ${open} ${since}
      AND (c."placeId" = ANY(${[...placeIds]}) OR (${ofNoCase} AND s."matterId" IS NULL))
      AND COALESCE(s."matterId" <> ALL(${[...recusedMatterIds]}), true)
    ORDER BY s."setAsideAt" DESC, s.id DESC LIMIT ${take}`
  return rows.map((row) => ({
    ...row,
    setAsideAt: instantOfRow(row.setAsideAt),
    closedAt: row.closedAt === null ? null : instantOfRow(row.closedAt),
  }))
}

/** An item by its id. */
export async function findSetAside(db: Db, itemId: string): Promise<SetAsideItem | null> {
  return db.setAsideItem.findUnique({ where: { id: itemId } })
}

/** Where the case of an item lies, if that is within an area; whoever may have to keep away from it is refused next. */
export async function placeOfSetAside(db: Db, matterId: string, area: CaseArea): Promise<string | null> {
  const where = { id: matterId, ...withinArea(area) }
  const found = await db.matter.findFirst({ where, select: { placeId: true } })
  return found?.placeId ?? null
}

/** Marks an item as seen to, once; the last one of a case, or of no case, clears the alarm. The caller holds the case's lock. */
export async function closeSetAside(
  tx: LockedMatter['tx'],
  item: SetAsideItem,
  { by, now, placeId }: { by: string; now: Instant; placeId: string | null },
): Promise<void> {
  await tx.setAsideItem.updateMany({
    where: { id: item.id, closedAt: null },
    data: { closedAt: rowOfInstant(now), closedBy: by },
  })
  const { matterId } = item
  if (matterId === null) return endAlarmOfNoCase(tx, now)
  if (placeId === null) return
  if ((await tx.setAsideItem.count({ where: { matterId, closedAt: null } })) > 0) return
  await clearCaseAlarm(tx, { kind: 'SET_ASIDE', subject: matterId, matterId, placeId, now })
}

async function endAlarmOfNoCase(tx: LockedMatter['tx'], now: Instant): Promise<void> {
  await lockRegisters(tx, [ofNoCase])
  if ((await tx.setAsideItem.count({ where: { matterId: null, closedAt: null } })) > 0) return
  await clearAlarm(tx, alarmOfNoCase, now)
}
