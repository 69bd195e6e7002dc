import { type AbsenceAsked, lastDayBefore, refuseAbsence, refuseReturn } from '../../domain/staff/judge-absence.ts'
import { StaffRefused } from '../../domain/staff/staff-refusals.ts'
import type { Absence } from '../../domain/staff/staffing.ts'
import type { Instant, PlainDate } from '../../domain/time/plain-date.ts'
import type { AbsenceCause, Role } from '../../domain/vocabulary.ts'
import type { Db } from '../client.ts'
import { type Absence as AbsenceRecord, Prisma } from '../generated/client.ts'
import { refuseStranger } from './arranging.ts'
import { holdsPost, worksIn } from './holdings.ts'
import { findPost, officesOfStandIns, type PostRow } from './offices.ts'
import { dayOfRow, instantOfRow, rowOfDay, rowOfInstant } from './rows.ts'
import { type Changed, changeStaff } from './staff-changes.ts'
import { auditStaff, type StaffActor } from './staff-register.ts'

type Tx = Prisma.TransactionClient
type By = NonNullable<StaffActor>

/** Enters days on which an officer is away from a post, and who stands in. @throws StaffRefused */
export async function enterAbsence(
  tx: Tx,
  { absenceId, cause, ...asked }: AbsenceAsked & { absenceId: string; cause: AbsenceCause },
  by: By,
): Promise<Changed<{ absenceId: string }>> {
  const { postId, officerId, standInId, fromOn, throughOn } = asked
  const post = await findPost(tx, postId)
  if (post === null) throw new StaffRefused('staffNotThere')
  return changeStaff(tx, { officeIds: [post.office.officeId], officerIds: [officerId], by }, async ({ now, today }) => {
    if (officerId !== by.officerId) await refuseStranger(tx, post, by, today)
    if (standInId === by.officerId && officerId !== by.officerId && by.role === 'ADMINISTRATOR')
      throw new StaffRefused('notToOneself')
    const refused = refuseAbsence(asked, await circumstancesOf(tx, asked, post, today))
    if (refused !== null) throw refused
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
      },
    })
    // Why somebody is away may be about their health, and the audit is kept for longer than anybody needs to know.
    const detail = { post: postId, officer: officerId, standIn: standInId, fromOn, throughOn }
    await audit(tx, post, 'ENTER_ABSENCE', absenceId, detail, { by, at: now })
    return { absenceId }
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

async function circumstancesOf(db: Db, asked: AbsenceAsked, post: PostRow, today: PlainDate) {
  const { postId, officerId, standInId, fromOn } = asked
  const firstDay = fromOn > today ? fromOn : today
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
    Pick<AbsenceRow, 'title' | 'role' | 'officeId' | 'officeName' | 'officerName' | 'standInName'>
  const rows = await db.$queryRaw<Row[]>`
    SELECT a.*, a.cause::text AS cause, p.title, p.role::text AS role, f.id AS "officeId", f.name AS "officeName",
      o.name AS "officerName", s.name AS "standInName"
    FROM absence a JOIN post p ON p.id = a."postId" JOIN office f ON f.id = p."officeId"
    JOIN officer o ON o.id = a."officerId" LEFT JOIN officer s ON s.id = a."standInId"
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
    recordedAt: instantOfRow(row.recordedAt),
  }))
}
