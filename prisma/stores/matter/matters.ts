import { procedureOf } from '../../../domain/procedures/index.ts'
import type { MatterKind } from '../../../domain/vocabulary.ts'
import type { MatterState } from '../../../domain/matter/state.ts'
import type { Instant } from '../../../domain/time/plain-date.ts'
import type { Db } from '../../client.ts'
import type { Matter } from '../../generated/client.ts'
import { rowOfInstant } from '../system/rows.ts'

/** Two filings met on one case in spite of its lock. Nothing was written; filing again is safe. */
export class CaseMovedMeanwhile extends Error {
  override readonly name = 'CaseMovedMeanwhile'
}

type AsMoved = {
  now: Instant
  open: boolean
  forFinance: boolean
  dormant: boolean
  due: { dueAt: Date | null; ownDueAt: Date | null }
  fromVersion: number
}

/** Moves the case row to what its log now says, if it still stood where the filing began; returns it as it is then. */
export async function moveCase(
  db: Db,
  row: Matter,
  state: MatterState,
  { now, open, forFinance, dormant, due, fromVersion }: AsMoved,
): Promise<Matter> {
  const [moved] = await db.matter.updateManyAndReturn({
    where: { id: row.id, version: fromVersion },
    data: {
      version: state.version,
      stage: state.stage,
      outcome: state.outcome,
      forFinance,
      dormant,
      ...due,
      ...(row.stage === state.stage ? {} : { stageSince: rowOfInstant(now) }),
      ...(open === (row.closedAt === null)
        ? {}
        : { closedAt: open ? null : rowOfInstant(now), engineId: null, engineOffsetMs: null }),
    },
  })
  if (moved === undefined) throw new CaseMovedMeanwhile(row.id)
  if (row.version === 0) {
    await db.matterPerson.updateMany({ where: { matterId: row.id }, data: { open: true } })
  }
  if (!open) await db.matterPerson.updateMany({ where: { matterId: row.id, open: true }, data: { open: false } })
  return moved
}

/** A mended application may put the name of the household's head right; lists, notices and letters carry it. */
export async function renameHead(db: Db, matterId: string, title: string): Promise<void> {
  await db.matter.update({ where: { id: matterId }, data: { title } })
}

/** Open cases that this engine has not been told of: new ones, and all of them after its data was lost. */
export async function findCasesUnknownToEngine(db: Db, engineId: string, atMost: number): Promise<string[]> {
  const rows = await db.matter.findMany({
    where: {
      closedAt: null,
      dormant: false,
      version: { gt: 0 },
      OR: [{ engineId: null }, { engineId: { not: engineId } }],
    },
    orderBy: { createdAt: 'asc' },
    select: { id: true },
    take: atMost,
  })
  return rows.map((row) => row.id)
}

/** Open cases in which the procedure may owe something: registers to be asked, or money released and not settled. */
export async function findCasesWithDuties(db: Db, atMost: number): Promise<string[]> {
  const rows = await db.matter.findMany({
    where: {
      closedAt: null,
      dormant: false,
      version: { gt: 0 },
      stage: { in: ['SURVEY', 'TOWNSHIP_OPINION', 'FIRST_PAYMENT'] },
    },
    orderBy: { stageSince: 'desc' },
    select: { id: true },
    take: atMost,
  })
  return rows.map((row) => row.id)
}

/**
 * Notes which engine carries a case, and how far the training clock stood ahead before the engine took the case up. Too
 * little is harmless, a timer then rings early and looks; too much would leave the case behind for good.
 */
export async function noteEngine(
  db: Db,
  matterId: string,
  { engineId, clockOffsetMs }: { engineId: string; clockOffsetMs: number },
): Promise<void> {
  await db.$executeRaw`
    UPDATE matter SET "engineId" = ${engineId}, "engineOffsetMs" = ${clockOffsetMs}::bigint
    WHERE id = ${matterId} AND "engineId" IS DISTINCT FROM ${engineId}`
}

/** A matter with a workflow, and how far the deployment's clock was ahead when the engine was told of it. */
export type CarriedMatter = { matterId: string; kind: MatterKind; engineOffsetMs: number }

/** Open matters that an engine is said to carry, by page. */
export async function openCasesOfEngine(
  db: Db,
  engineId: string,
  page: { after: string | null; size: number },
): Promise<CarriedMatter[]> {
  const rows = await db.matter.findMany({
    where: {
      closedAt: null,
      dormant: false,
      version: { gt: 0 },
      engineId,
      ...(page.after === null ? {} : { id: { gt: page.after } }),
    },
    orderBy: { id: 'asc' },
    select: { id: true, kind: true, engineOffsetMs: true },
    take: page.size,
  })
  return rows.map((row) => ({
    matterId: row.id,
    kind: procedureOf(row.kind).kind,
    engineOffsetMs: Number(row.engineOffsetMs ?? 0n),
  }))
}

/** When a dormant matter is looked at next; null for never by itself. */
export async function setWakeAt(db: Db, matterId: string, at: Instant | null): Promise<void> {
  await db.matter.updateMany({
    where: { id: matterId, dormant: true },
    data: { wakeAt: at === null ? null : rowOfInstant(at) },
  })
}
