import { addDays, type PlainDate } from '../../../domain/time/plain-date.ts'
import type { Prisma } from '../../generated/client.ts'
import { readClock } from '../system/clock.ts'
import { rowOfDay } from '../system/rows.ts'
import { auditStaff, lockRegisters, staffRegistersOf } from './staff-register.ts'

type Tx = Prisma.TransactionClient

/** An area cannot be changed as asked. The message says what to do, in both languages of the terminal. */
export class AreaNotChanged extends Error {
  override readonly name = 'AreaNotChanged'
}

/**
 * From a day on the office of another township answers for a township (撤并). The office before keeps its last day in the
 * table, and with it who answered for what was done until then. Asked again, nothing changes.
 */
export async function mergeTownship(
  tx: Tx,
  { placeId, into, from }: { placeId: string; into: string; from: PlainDate },
): Promise<'MERGED' | 'MERGED_BEFORE'> {
  await getTownships(tx, [placeId, into])
  const [given, taking] = [await officeOf(tx, placeId, from), await officeOf(tx, into, from)]
  if (taking === null)
    throw new AreaNotChanged(
      `接收的乡镇没有机关 No office answers for ${into}: add one first (docs/tasks/add-a-place.md)`,
    )
  if (given === taking) return 'MERGED_BEFORE'
  await lockRegisters(tx, (await staffRegistersOf(tx, [taking, ...(given === null ? [] : [given])])).values())
  if (given !== null)
    await tx.jurisdiction.updateMany({
      where: { officeId: given, placeId, OR: [{ effectiveTo: null }, { effectiveTo: { gte: rowOfDay(from) } }] },
      data: { effectiveTo: rowOfDay(addDays(from, -1)) },
    })
  await tx.jurisdiction.create({ data: { officeId: taking, placeId, effectiveFrom: rowOfDay(from) } })
  const entry = { officeId: taking, action: 'CHANGE_AREA', subject: placeId, detail: { from: given, day: from } }
  await auditStaff(tx, [entry], { by: null, at: await readClock(tx) })
  return 'MERGED'
}

/** A village belongs to another township of its county from today on. Asked again, nothing changes. */
export async function moveVillage(
  tx: Tx,
  { placeId, to }: { placeId: string; to: string },
): Promise<'MOVED' | 'MOVED_BEFORE'> {
  const village = await tx.place.findUnique({ where: { id: placeId } })
  if (village?.level !== 'VILLAGE')
    throw new AreaNotChanged(`不是村（社区） ${placeId} is no village: give the id of one, as GET /api/places tells it`)
  const [township] = await getTownships(tx, [to])
  if (township?.countyId !== village.countyId)
    throw new AreaNotChanged(`不在同一县 ${to} lies in another county: a household that changes counties applies there`)
  if (village.parentId === to) return 'MOVED_BEFORE'
  const office = await officeOf(tx, to, null)
  if (office === null)
    throw new AreaNotChanged(
      `接收的乡镇没有机关 No office answers for ${to}: add one first (docs/tasks/add-a-place.md)`,
    )
  await lockRegisters(tx, (await staffRegistersOf(tx, [office])).values())
  await tx.place.update({ where: { id: placeId }, data: { parentId: to } })
  const entry = { officeId: office, action: 'CHANGE_AREA', subject: placeId, detail: { from: village.parentId } }
  await auditStaff(tx, [entry], { by: null, at: await readClock(tx) })
  return 'MOVED'
}

async function getTownships(tx: Tx, ids: readonly string[]) {
  const found = await tx.place.findMany({ where: { id: { in: [...ids] }, level: 'TOWNSHIP' } })
  const missing = ids.find((id) => !found.some((place) => place.id === id))
  if (missing !== undefined)
    throw new AreaNotChanged(
      `不是乡镇（街道） ${missing} is no township: give the id of one, as GET /api/places tells it`,
    )
  if (new Set(ids).size < ids.length || new Set(found.map(({ countyId }) => countyId)).size > 1)
    throw new AreaNotChanged('须是同一县的两个不同乡镇 Give two townships of one county')
  return found
}

/** The township government that answers for a place; on a day, or with no end in sight. */
async function officeOf(tx: Tx, placeId: string, on: PlainDate | null): Promise<string | null> {
  const inForce =
    on === null ? { effectiveTo: null } : { OR: [{ effectiveTo: null }, { effectiveTo: { gte: rowOfDay(on) } }] }
  const row = await tx.jurisdiction.findFirst({
    where: { placeId, office: { kind: 'TOWNSHIP_GOVERNMENT' }, ...inForce },
    orderBy: { effectiveFrom: 'desc' },
  })
  return row?.officeId ?? null
}
