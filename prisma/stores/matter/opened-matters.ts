import type { Deadline, Prisma, Task } from '../../generated/client.ts'
import type { Db } from '../../client.ts'
import { addDeadlines } from './deadlines.ts'
import { addTasks } from './tasks.ts'

/** The rows of matters that are opened together, one insert for each table. */
export type OpenedRows = {
  matters: Prisma.MatterCreateManyInput[]
  events: Prisma.MatterEventRowCreateManyInput[]
  deadlines: Deadline[]
  tasks: Task[]
  records: Prisma.AuditRecordCreateManyInput[]
}

export async function writeOpened(db: Db, rows: OpenedRows): Promise<void> {
  await db.matter.createMany({ data: rows.matters })
  await db.matterEventRow.createMany({ data: rows.events })
  await addDeadlines(db, rows.deadlines)
  await addTasks(db, rows.tasks)
  await db.auditRecord.createMany({ data: rows.records })
}

/** Of these ids, those that are there already: opening them again is no news. */
export async function findOpened(db: Db, matterIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.matter.findMany({ where: { id: { in: [...matterIds] } }, select: { id: true } })
  return new Set(rows.map(({ id }) => id))
}

/** From each of these places up to the nation. */
export async function readPlaceChains(db: Db, placeIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db.$queryRaw<{ placeId: string; chain: string[] }[]>`
    WITH RECURSIVE chain AS (
      SELECT id AS start, id, "parentId", 1 AS depth FROM place WHERE id = ANY(${[...new Set(placeIds)]})
      UNION ALL
      SELECT c.start, p.id, p."parentId", c.depth + 1 FROM place p JOIN chain c ON p.id = c."parentId"
    )
    SELECT start AS "placeId", array_agg(id ORDER BY depth) AS chain FROM chain GROUP BY start`
  return new Map(rows.map(({ placeId, chain }) => [placeId, chain]))
}

/** Dormant matters whose instant has come: time alone has changed something in them, or somebody sent something. */
export async function findDormantToWake(db: Db, now: Date, atMost: number): Promise<string[]> {
  const rows = await db.matter.findMany({
    where: { dormant: true, closedAt: null, wakeAt: { lte: now } },
    orderBy: { wakeAt: 'asc' },
    select: { id: true },
    take: atMost,
  })
  return rows.map(({ id }) => id)
}

/** Has a dormant matter looked at soon; one that is awake is told by its workflow. True when it was dormant. */
export async function wakeIfDormant(db: Db, matterId: string, at: Date): Promise<boolean> {
  return (await wakeDormant(db, [matterId], at)) > 0
}

/** Has those of them looked at soon that are dormant; returns how many are. */
export async function wakeDormant(db: Db, matterIds: readonly string[], at: Date): Promise<number> {
  if (matterIds.length === 0) return 0
  return db.$executeRaw`
    UPDATE matter SET "wakeAt" = LEAST("wakeAt", ${at})
    WHERE id = ANY(${[...matterIds]}) AND dormant AND "closedAt" IS NULL`
}
