import {
  type AbsenceAsked,
  lastDayBefore,
  refuseAbsence,
  refuseReturn,
  refuseStandIn,
} from '../../../domain/staff/judge-absence.ts'
import { StaffRefused } from '../../../domain/staff/staff-refusals.ts'
import { type Absence, lastDayOf } from '../../../domain/staff/staffing.ts'
import { refuseNamingOneself, refuseSecondSignature } from '../../../domain/staff/two-signatures.ts'
import type { Instant, PlainDate } from '../../../domain/time/plain-date.ts'
import type { AbsenceCause, Role } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import { type Absence as AbsenceRecord, Prisma } from '../../generated/client.ts'
import { refuseNamer, refuseStranger } from './arranging.ts'
import { findOtherDuties, personsOf } from './duties.ts'
import { holdsPost, worksIn } from './holdings.ts'
import { findPost, officesOfStandIns, type PostRow } from './offices.ts'
import { dayOfRow, instantOfRow, rowOfDay, rowOfInstant } from '../system/rows.ts'
import { type Changed, changeStaff } from './staff-changes.ts'
import { findStandingDeputy } from './standing-deputies.ts'
import { auditStaff, type StaffActor } from './staff-register.ts'

type Tx = Prisma.TransactionClient
type By = NonNullable<StaffActor>

/** An absence as it comes in: `standInId` is left out where the standing deputy is to stand in, and null where nobody is. */
export type AbsenceEntry = Omit<AbsenceAsked, 'standInId'> & {
  absenceId: string
  standInId?: string | null | undefined
  cause: AbsenceCause
}

/**
 * Enters days on which an officer is away from a post, and who stands in: at once where it is their standing deputy,
 * otherwise from the second signature on. @throws StaffRefused
 */
export async function enterAbsence(
  tx: Tx,
  { absenceId, cause, ...entry }: AbsenceEntry,
  by: By,
): Promise<Changed<{ absenceId: string; standInId: string | null; standInAgreed: boolean }>> {
  const { postId, officerId, fromOn, throughOn } = entry
  const post = await findPost(tx, postId)
  if (post === null) throw new StaffRefused('staffNotThere')
  return changeStaff(tx, { officeIds: [post.office.officeId], officerIds: [officerId], by }, async ({ now, today }) => {
    if (officerId !== by.officerId) await refuseStranger(tx, post, by, today)
    const deputy = await findStandingDeputy(tx, { postId, officerId }, daysAhead(entry, today))
    const asked = await withStandIn(tx, entry, deputy, post, today)
    const { standInId } = asked
    const standsAgreed = deputy !== null && deputy.deputyId === standInId
    if (standInId !== null) await refuseNaming(tx, post, { officerId, standInId }, by, { today, standsAgreed })
    const refused = refuseAbsence(asked, await circumstancesOf(tx, asked, post, today))
    if (refused !== null) throw refused
    const unfit = await findUnfit(tx, asked, post, today)
    if (unfit !== null) throw unfit
    const agreement = standsAgreed
      ? {
          standInAgreedBy: deputy.agreedBy,
          standInAgreedAt: rowOfInstant(now),
          standingDeputyId: deputy.standingDeputyId,
        }
      : {}
    await tx.absence.create({
      data: {
        id: absenceId,
        postId,
        officerId,
        standInId,
        cause,
        fromOn: rowOfDay(fromOn),
        throughOn: rowOfDay(throughOn),
        recordedBy: by.officerId,
        recordedAt: rowOfInstant(now),
        ...agreement,
      },
    })
    // Why somebody is away may be about their health, and the audit is kept for longer than anybody needs to know.
    const standing = standsAgreed ? { standingDeputy: deputy.standingDeputyId } : {}
    const detail = { post: postId, officer: officerId, standIn: standInId, fromOn, throughOn, ...standing }
    await audit(tx, post, 'ENTER_ABSENCE', absenceId, detail, { by, at: now })
    return { absenceId, standInId, standInAgreed: standsAgreed }
  })
}

/** Where nobody is named the standing deputy stands in, if there is one who can. */
async function withStandIn(
  tx: Tx,
  { postId, officerId, standInId, fromOn, throughOn }: Omit<AbsenceEntry, 'absenceId' | 'cause'>,
  deputy: { deputyId: string } | null,
  post: PostRow,
  today: PlainDate,
): Promise<AbsenceAsked> {
  const asked = { postId, officerId, fromOn, throughOn }
  if (standInId !== undefined || deputy === null) return { ...asked, standInId: standInId ?? null }
  const byDeputy = { ...asked, standInId: deputy.deputyId }
  return (await findUnfit(tx, byDeputy, post, today)) === null ? byDeputy : { ...asked, standInId: null }
}

/** Why the one who is named cannot stand in, or null: not of the office, away, unknown, or with duties of another family. */
async function findUnfit(tx: Tx, asked: AbsenceAsked, post: PostRow, today: PlainDate): Promise<StaffRefused | null> {
  const { standInId } = asked
  if (standInId === null) return null
  const { standIn } = await circumstancesOf(tx, asked, post, today)
  return (
    refuseStandIn(asked, standIn) ??
    (await findOtherDuties(tx, { officerId: standInId, role: post.role, ...daysAhead(asked, today) }))
  )
}

/** A stand-in is named by the absent person, the head or an administrator, and never by themselves. */
async function refuseNaming(
  tx: Tx,
  post: PostRow,
  { officerId, standInId }: { officerId: string; standInId: string },
  by: By,
  { today, standsAgreed }: { today: PlainDate; standsAgreed: boolean },
): Promise<void> {
  const personOf = await personsOf(tx, [by.officerId, standInId])
  const refused = refuseNamingOneself(personOf(by.officerId), personOf(standInId))
  if (refused !== null) throw refused
  // Where two have said so beforehand, saying that somebody is away names nobody.
  if (officerId !== by.officerId && !standsAgreed) await refuseNamer(tx, post, by, today)
}

/** The second signature under a stand-in: with it they have the post. Signed again it is the same answer. @throws StaffRefused */
export async function agreeToStandIn(
  tx: Tx,
  absenceId: string,
  by: By,
): Promise<Changed<{ absenceId: string; standInAgreedAt: Instant }>> {
  const known = await tx.absence.findUnique({ where: { id: absenceId } })
  const post = known === null ? null : await findPost(tx, known.postId)
  if (known === null || post === null) throw new StaffRefused('staffNotThere')
  const { officerId, standInId, recordedBy } = known
  const officerIds = [officerId, ...(standInId === null ? [] : [standInId])]
  return changeStaff(tx, { officeIds: [post.office.officeId], officerIds, by }, async ({ now, today }) => {
    if (officerId !== by.officerId) await refuseStranger(tx, post, by, today)
    if (standInId === null) throw new StaffRefused('noStandInNamed')
    const personOf = await personsOf(tx, [recordedBy, standInId, by.officerId])
    const [first, second] = [personOf(recordedBy), personOf(by.officerId)]
    const unsigned = refuseSecondSignature({ first, second, gainer: personOf(standInId) })
    if (unsigned !== null) throw unsigned
    if (officerId !== by.officerId) await refuseNamer(tx, post, by, today)
    const row = await tx.absence.findUniqueOrThrow({ where: { id: absenceId } })
    if (row.standInAgreedAt !== null) return { absenceId, standInAgreedAt: instantOfRow(row.standInAgreedAt) }
    const absence = absenceOfRow(row)
    if (lastDayOf(absence) < today) throw new StaffRefused('absenceOver')
    const unfit = await findUnfit(tx, { ...absence, throughOn: lastDayOf(absence) }, post, today)
    if (unfit !== null) throw unfit
    await tx.absence.update({
      where: { id: absenceId },
      data: { standInAgreedBy: by.officerId, standInAgreedAt: rowOfInstant(now) },
    })
    const detail = { post: row.postId, officer: officerId, standIn: standInId, namedBy: recordedBy }
    await audit(tx, post, 'AGREE_STAND_IN', absenceId, detail, { by, at: now })
    return { absenceId, standInAgreedAt: now }
  })
}

/** Ends an absence so that the officer is back on a day. @throws StaffRefused */
export async function endAbsence(
  tx: Tx,
  { absenceId, backOn }: { absenceId: string; backOn?: PlainDate | undefined },
  by: By,
): Promise<Changed<{ absenceId: string; endedOn: PlainDate }>> {
  const known = await tx.absence.findUnique({ where: { id: absenceId } })
  const post = known === null ? null : await findPost(tx, known.postId)
  if (known === null || post === null) throw new StaffRefused('staffNotThere')
  const { officerId } = known
  return changeStaff(tx, { officeIds: [post.office.officeId], officerIds: [officerId], by }, async ({ now, today }) => {
    if (officerId !== by.officerId) await refuseStranger(tx, post, by, today)
    const absence = absenceOfRow(await tx.absence.findUniqueOrThrow({ where: { id: absenceId } }))
    const refused = refuseReturn(absence, backOn ?? today, today)
    if (refused !== null) throw refused
    const endedOn = lastDayBefore(backOn ?? today)
    await tx.absence.update({ where: { id: absenceId }, data: { endedOn: rowOfDay(endedOn) } })
    await audit(tx, post, 'END_ABSENCE', absenceId, { officer: officerId, endedOn }, { by, at: now })
    return { absenceId, endedOn }
  })
}

/** The days of an absence that are not past. */
function daysAhead({ fromOn, throughOn }: Pick<AbsenceAsked, 'fromOn' | 'throughOn'>, today: PlainDate) {
  return { fromOn: fromOn > today ? fromOn : today, throughOn }
}

async function circumstancesOf(db: Db, asked: AbsenceAsked, post: PostRow, today: PlainDate) {
  const { postId, officerId, standInId } = asked
  const { fromOn: firstDay } = daysAhead(asked, today)
  const others = await db.absence.findMany({ where: { postId, officerId } })
  const standInAbsences = standInId === null ? [] : await db.absence.findMany({ where: { officerId: standInId } })
  return {
    today,
    holdsPost: await holdsPost(db, { postId, officerId }, firstDay),
    others: others.map(absenceOfRow),
    standIn:
      standInId === null
        ? null
        : {
            available: await worksIn(db, standInId, await officesOfStandIns(db, post.office, today), firstDay),
            absences: standInAbsences.map(absenceOfRow),
          },
  }
}

function absenceOfRow(row: AbsenceRecord): Absence {
  const { postId, officerId, standInId } = row
  return {
    postId,
    officerId,
    standInId,
    fromOn: dayOfRow(row.fromOn),
    throughOn: dayOfRow(row.throughOn),
    endedOn: row.endedOn === null ? null : dayOfRow(row.endedOn),
    standInAgreedBy: row.standInAgreedBy,
  }
}

async function audit(
  tx: Tx,
  { office: { officeId } }: PostRow,
  action: string,
  subject: string,
  detail: Record<string, unknown>,
  who: { by: By; at: Instant },
): Promise<void> {
  await auditStaff(tx, [{ officeId, action, subject, detail }], who)
}

/** An absence as people are shown it. */
export type AbsenceRow = Absence & {
  absenceId: string
  recordedByName: string
  standInAgreedByName: string | null
  cause: AbsenceCause
  title: string
  role: Role
  officeId: string
  officeName: string
  officerName: string
  standInName: string | null
  recordedAt: Instant
}

export type AbsenceMark = { fromOn: PlainDate; absenceId: string }

/** Absences in these offices that are not over before a day, and those of an officer wherever; the earliest first. */
export async function readAbsences(
  db: Db,
  page: {
    officeIds: readonly string[]
    officerId: string
    since: PlainDate
    after?: AbsenceMark | undefined
    take: number
  },
): Promise<AbsenceRow[]> {
  const { officeIds, officerId, since, after, take } = page
  const beyond = after
    ? Prisma.sql`AND (a."fromOn", a.id) > (${rowOfDay(after.fromOn)}::date, ${after.absenceId})`
    : Prisma.empty
  type Row = AbsenceRecord &
    Pick<
      AbsenceRow,
      | 'title'
      | 'role'
      | 'officeId'
      | 'officeName'
      | 'officerName'
      | 'standInName'
      | 'recordedByName'
      | 'standInAgreedByName'
    >
  const rows = await db.$queryRaw<Row[]>`
    SELECT a.*, a.cause::text AS cause, p.title, p.role::text AS role, f.id AS "officeId", f.name AS "officeName",
      o.name AS "officerName", s.name AS "standInName", r.name AS "recordedByName", g.name AS "standInAgreedByName"
    FROM absence a JOIN post p ON p.id = a."postId" JOIN office f ON f.id = p."officeId"
    JOIN officer o ON o.id = a."officerId" LEFT JOIN officer s ON s.id = a."standInId"
    JOIN officer r ON r.id = a."recordedBy" LEFT JOIN officer g ON g.id = a."standInAgreedBy"
    WHERE (f.id = ANY(${[...officeIds]}) OR ${officerId} IN (a."officerId", a."standInId"))
      AND LEAST(a."throughOn", a."endedOn") >= ${rowOfDay(since)} ${beyond}
    ORDER BY a."fromOn", a.id LIMIT ${take}`
  return rows.map((row) => ({
    ...absenceOfRow(row),
    absenceId: row.id,
    cause: row.cause,
    title: row.title,
    role: row.role,
    officeId: row.officeId,
    officeName: row.officeName,
    officerName: row.officerName,
    standInName: row.standInName,
    recordedByName: row.recordedByName,
    standInAgreedByName: row.standInAgreedByName,
    recordedAt: instantOfRow(row.recordedAt),
  }))
}
