import type { Desk } from '../../domain/matter/desk.ts'
import { dueRuns } from '../../domain/matter/due-runs.ts'
import type { EventCause, Fact, MatterEvent } from '../../domain/matter/facts.ts'
import { applyEvent } from '../../domain/matter/fold.ts'
import { isOpen, type MatterState } from '../../domain/matter/state.ts'
import { procedureOf } from '../../domain/procedures/index.ts'
import { dayOf, type Instant, type PlainDate } from '../../domain/time/plain-date.ts'
import type { MatterKind, Programme, ResidenceKind } from '../../domain/vocabulary.ts'
import type { Archive, Db } from '../../prisma/client.ts'
import { deadlineRows, nextDueAt, soonestDue } from '../../prisma/stores/matter/deadlines.ts'
import { eventRows } from '../../prisma/stores/matter/matter-events.ts'
import { findOpened, type OpenedRows, readPlaceChains, writeOpened } from '../../prisma/stores/matter/opened-matters.ts'
import { parametersOfCase } from '../../prisma/stores/matter/parameters-of-matter.ts'
import { findOfficeOf, newTask } from '../../prisma/stores/matter/tasks.ts'
import { readReferenceData, type RuleBook } from '../../prisma/stores/rules/reference-data.ts'
import { firstAuditRows } from '../../prisma/stores/system/audit.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { auditOfEvent } from './audit-of-event.ts'

/** A matter to be opened. Its id comes from its cause, so that opening it again opens nothing. */
export type Opening = {
  matterId: string
  kind: MatterKind
  number: string
  title: string
  placeId: string
  countyId: string
  programme: Programme | null
  residenceKind: ResidenceKind | null
  memberCount: number | null
  benefitId?: string
  /** The matter that it comes from. */
  causeId?: string
  fact: Fact
  /** The day in life from which its limits run. */
  occurredOn: PlainDate
  cause: EventCause
  /** Nobody need carry it until somebody acts or time changes something. */
  dormant: boolean
}

/** What became of them. A place without an office for the desk stops nobody else: somebody has to be told of it. */
export type OpenedMany = { opened: string[]; known: string[]; withoutOffice: string[] }

/** How many are opened in one transaction: people who file meanwhile wait for less than a second. */
const together = 200

/**
 * Opens matters set-wide: each has its first event, due dates, desk and audit record as if it had been filed alone, computed
 * in memory and written with one insert for each table. May be repeated.
 */
export async function openMany(archive: Archive, openings: readonly Opening[]): Promise<OpenedMany> {
  const all: OpenedMany = { opened: [], known: [], withoutOffice: [] }
  for (let from = 0; from < openings.length; from += together) {
    const some = await openTogether(archive, openings.slice(from, from + together))
    all.opened.push(...some.opened)
    all.known.push(...some.known)
    all.withoutOffice.push(...some.withoutOffice)
  }
  return all
}

async function openTogether(archive: Archive, openings: readonly Opening[]): Promise<OpenedMany> {
  return archive.db.$transaction(
    async (db) => {
      const known = await findOpened(
        db,
        openings.map(({ matterId }) => matterId),
      )
      const fresh = openings.filter(({ matterId }) => !known.has(matterId))
      const ground = await readGround(db, fresh)
      const rows: OpenedRows = { matters: [], events: [], deadlines: [], tasks: [], records: [] }
      const withoutOffice: string[] = []
      for (const opening of fresh) {
        const opened = await rowsOf(opening, ground)
        if (opened === null) withoutOffice.push(opening.matterId)
        else add(rows, opened)
      }
      await writeOpened(db, rows)
      return { opened: rows.matters.map(({ id }) => id), known: [...known], withoutOffice }
    },
    { maxWait: 10_000, timeout: 60_000 },
  )
}

/** What all of them are counted and placed by. */
type Ground = {
  now: Instant
  today: PlainDate
  ruleBook: RuleBook
  chainOf: ReadonlyMap<string, string[]>
  officeOf: (desk: Desk, placeId: string) => Promise<string | null>
}

async function readGround(db: Db, openings: readonly Opening[]): Promise<Ground> {
  const now = await readClock(db)
  const today = dayOf(now)
  const chainOf = await readPlaceChains(
    db,
    openings.map(({ placeId }) => placeId),
  )
  const offices = new Map<string, Promise<string | null>>()
  return {
    now,
    today,
    chainOf,
    ruleBook: await readReferenceData(db),
    officeOf({ officeKind, level, role }, placeId) {
      const key = `${placeId} ${officeKind} ${level}`
      const found = offices.get(key) ?? findOfficeOf(db, { officeKind, level, role }, chainOf.get(placeId) ?? [], today)
      offices.set(key, found)
      return found
    },
  }
}

async function rowsOf(opening: Opening, ground: Ground): Promise<OpenedRows | null> {
  const { now, today, chainOf, ruleBook } = ground
  const { matterId, kind, placeId, countyId } = opening
  const procedure = procedureOf(kind)
  const event = firstEvent(opening, now)
  const state = applyEvent(procedure, procedure.blank, event)
  const placeChain = chainOf.get(placeId) ?? []
  const calendar = ruleBook.calendarFor(placeChain)
  const parameters = parametersOfCase({ row: opening, procedure, state, placeChain, ruleBook }, today)
  const runs = dueRuns(procedure, state, parameters, calendar)
  const deadlines = deadlineRows({ matterId, countyId, placeId, calendarVersion: calendar.version }, runs)
  const due = soonestDue(deadlines)
  const desks = await desksOf(opening, procedure.desksOf(state), ground)
  if (desks === null) return null
  const filedBy = { matterId, placeId, countyId, ruleVersion: procedure.version, calendarVersion: calendar.version }
  const at = { matterId, countyId, placeId, kind, stage: state.stage, dueAt: due.dueAt }
  return {
    matters: [
      matterRow(opening, state, { now, procedureVersion: procedure.version, wakeAt: nextDueAt(deadlines), due }),
    ],
    events: eventRows(filedBy, [event]),
    deadlines,
    tasks: desks.map((desk, index) => newTask(desk, at, { id: `${event.eventId}.${index}`, now })),
    records: firstAuditRows(`case:${matterId}`, [auditOfEvent(event, null, filedBy)]),
  }
}

function firstEvent({ matterId, fact, occurredOn, cause }: Opening, now: Instant): MatterEvent {
  const eventId = `${matterId}.1`
  return { ...fact, eventId, seq: 1, occurredOn, recordedAt: now, actor: null, cause, papers: [] }
}

async function desksOf(
  { placeId }: Opening,
  desks: readonly Desk[],
  { officeOf }: Ground,
): Promise<{ officeId: string; role: Desk['role']; capacity: Desk['capacity'] }[] | null> {
  const found = await Promise.all(
    desks.map(async (desk) => ({ officeId: await officeOf(desk, placeId), role: desk.role, capacity: desk.capacity })),
  )
  const placed = found.flatMap(({ officeId, ...desk }) => (officeId === null ? [] : [{ officeId, ...desk }]))
  return placed.length === found.length ? placed : null
}

type AsOpened = {
  now: Instant
  procedureVersion: string
  wakeAt: Instant | null
  due: { dueAt: Date | null; ownDueAt: Date | null }
}

function matterRow(opening: Opening, state: MatterState, { now, procedureVersion, wakeAt, due }: AsOpened) {
  const { matterId: id, kind, number, title, placeId, countyId, programme, residenceKind, memberCount } = opening
  const { dormant, benefitId = null, causeId = null } = opening
  return {
    id,
    kind,
    number,
    title,
    placeId,
    countyId,
    programme,
    residenceKind,
    memberCount,
    benefitId,
    causeId,
    dormant,
    wakeAt: dormant && wakeAt !== null ? new Date(wakeAt) : null,
    procedureVersion,
    stage: state.stage,
    outcome: state.outcome,
    version: state.version,
    ...due,
    stageSince: new Date(now),
    createdAt: new Date(now),
    closedAt: isOpen(state) ? null : new Date(now),
  }
}

function add(rows: OpenedRows, { matters, events, deadlines, tasks, records }: OpenedRows): void {
  rows.matters.push(...matters)
  rows.events.push(...events)
  rows.deadlines.push(...deadlines)
  rows.tasks.push(...tasks)
  rows.records.push(...records)
}
