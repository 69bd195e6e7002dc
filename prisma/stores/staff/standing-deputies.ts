import { refuseDeputy } from '../../../domain/staff/standing-deputy.ts'
import { StaffRefused } from '../../../domain/staff/staff-refusals.ts'
import { refuseNamingOneself, refuseSecondSignature } from '../../../domain/staff/two-signatures.ts'
import { addDays, type Instant, type PlainDate } from '../../../domain/time/plain-date.ts'
import type { Role } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import { Prisma, type StandingDeputy } from '../../generated/client.ts'
import { refuseNamer, refuseStranger } from './arranging.ts'
import { type Days, personsOf, refuseOtherDuties } from './duties.ts'
import { holdsPost, worksIn } from './holdings.ts'
import { findPost, officesOfStandIns, type PostRow } from './offices.ts'
import { dayOfRow, instantOfRow, rowOfDay, rowOfInstant } from '../system/rows.ts'
import { changeStaff } from './staff-changes.ts'
import { auditStaff, type StaffActor } from './staff-register.ts'

type Tx = Prisma.TransactionClient
type By = NonNullable<StaffActor>

/** Who stands in for an officer on a post whenever they are away, without anybody being asked that day. */
export type DeputyAsked = Days & { standingDeputyId: string; postId: string; officerId: string; deputyId: string }

/** Names a standing deputy; they are one from the second signature on. @throws StaffRefused */
export async function nameDeputy(tx: Tx, asked: DeputyAsked, by: By): Promise<{ standingDeputyId: string }> {
  const { standingDeputyId, postId, officerId, deputyId } = asked
  const post = await findPost(tx, postId)
  if (post === null) throw new StaffRefused('staffNotThere')
  return change(tx, post, by, async ({ now, today }) => {
    if (officerId !== by.officerId) await refuseStranger(tx, post, by, today)
    const personOf = await personsOf(tx, [by.officerId, deputyId])
    const named = refuseNamingOneself(personOf(by.officerId), personOf(deputyId))
    if (named !== null) throw named
    if (officerId !== by.officerId) await refuseNamer(tx, post, by, today)
    await refuseUnfit(tx, asked, post, today)
    const { fromOn, throughOn } = asked
    await tx.standingDeputy.create({
      data: {
        id: standingDeputyId,
        postId,
        officerId,
        deputyId,
        fromOn: rowOfDay(fromOn),
        throughOn: throughOn === null ? null : rowOfDay(throughOn),
        namedBy: by.officerId,
        namedAt: rowOfInstant(now),
      },
    })
    const detail = { post: postId, officer: officerId, deputy: deputyId, fromOn, throughOn }
    await audit(tx, post, 'NAME_DEPUTY', standingDeputyId, detail, { by, at: now })
    return { standingDeputyId }
  })
}

/** The second signature under a standing deputy. Signed again it is the same answer. @throws StaffRefused */
export async function agreeToDeputy(
  tx: Tx,
  standingDeputyId: string,
  by: By,
): Promise<{ standingDeputyId: string; agreedAt: Instant }> {
  const { post } = await known(tx, standingDeputyId)
  return change(tx, post, by, async ({ now, today }) => {
    const { row } = await known(tx, standingDeputyId)
    const { officerId, deputyId, namedBy } = row
    if (officerId !== by.officerId) await refuseStranger(tx, post, by, today)
    const personOf = await personsOf(tx, [namedBy, deputyId, by.officerId])
    const [first, second] = [personOf(namedBy), personOf(by.officerId)]
    const unsigned = refuseSecondSignature({ first, second, gainer: personOf(deputyId) })
    if (unsigned !== null) throw unsigned
    if (officerId !== by.officerId) await refuseNamer(tx, post, by, today)
    if (row.agreedAt !== null) return { standingDeputyId, agreedAt: instantOfRow(row.agreedAt) }
    await refuseUnfit(tx, askedOf(row), post, today)
    await tx.standingDeputy.update({
      where: { id: standingDeputyId },
      data: { agreedBy: by.officerId, agreedAt: rowOfInstant(now) },
    })
    const detail = { post: row.postId, officer: officerId, deputy: deputyId, namedBy }
    await audit(tx, post, 'AGREE_DEPUTY', standingDeputyId, detail, { by, at: now })
    return { standingDeputyId, agreedAt: now }
  })
}

/** Ends a standing deputy at once; any of those who name may, and so may the deputy. @throws StaffRefused */
export async function endDeputy(
  tx: Tx,
  standingDeputyId: string,
  by: By,
): Promise<{ standingDeputyId: string; endedOn: PlainDate }> {
  const { post } = await known(tx, standingDeputyId)
  return change(tx, post, by, async ({ now, today }) => {
    const { row } = await known(tx, standingDeputyId)
    if (![row.officerId, row.deputyId].includes(by.officerId)) await refuseNamer(tx, post, by, today)
    if (row.endedOn !== null) return { standingDeputyId, endedOn: dayOfRow(row.endedOn) }
    const endedOn = addDays(today, -1)
    await tx.standingDeputy.update({ where: { id: standingDeputyId }, data: { endedOn: rowOfDay(endedOn) } })
    await audit(tx, post, 'END_DEPUTY', standingDeputyId, { endedOn }, { by, at: now })
    return { standingDeputyId, endedOn }
  })
}

/** The agreed deputy of an officer on a post for all of these days, if there is one. */
export async function findStandingDeputy(
  db: Db,
  { postId, officerId }: { postId: string; officerId: string },
  { fromOn, throughOn }: { fromOn: PlainDate; throughOn: PlainDate },
): Promise<{ standingDeputyId: string; deputyId: string; agreedBy: string } | null> {
  const row = await db.standingDeputy.findFirst({
    where: {
      postId,
      officerId,
      agreedBy: { not: null },
      fromOn: { lte: rowOfDay(fromOn) },
      endedOn: null,
      OR: [{ throughOn: null }, { throughOn: { gte: rowOfDay(throughOn) } }],
    },
    orderBy: [{ fromOn: 'asc' }, { id: 'asc' }],
  })
  return row === null || row.agreedBy === null
    ? null
    : { standingDeputyId: row.id, deputyId: row.deputyId, agreedBy: row.agreedBy }
}

async function refuseUnfit(tx: Tx, asked: DeputyAsked, post: PostRow, today: PlainDate): Promise<void> {
  const { standingDeputyId, postId, officerId, deputyId } = asked
  const days = { fromOn: asked.fromOn > today ? asked.fromOn : today, throughOn: asked.throughOn }
  const others = await tx.standingDeputy.findMany({
    where: { postId, officerId, endedOn: null, id: { not: standingDeputyId } },
  })
  const refused = refuseDeputy(asked, {
    today,
    holdsPost: await holdsPost(tx, { postId, officerId }, days.fromOn),
    deputyAvailable: await worksIn(tx, deputyId, await officesOfStandIns(tx, post.office, today), days.fromOn),
    others: others.map(askedOf),
  })
  if (refused !== null) throw refused
  await refuseOtherDuties(tx, { officerId: deputyId, role: post.role, ...days })
}

async function change<T>(
  tx: Tx,
  post: PostRow,
  by: By,
  work: (at: { now: Instant; today: PlainDate }) => Promise<T>,
): Promise<T> {
  const { result } = await changeStaff(tx, { officeIds: [post.office.officeId], officerIds: [], by }, work)
  return result
}

async function known(tx: Tx, standingDeputyId: string): Promise<{ row: StandingDeputy; post: PostRow }> {
  const row = await tx.standingDeputy.findUnique({ where: { id: standingDeputyId } })
  const post = row === null ? null : await findPost(tx, row.postId)
  if (row === null || post === null) throw new StaffRefused('staffNotThere')
  return { row, post }
}

function askedOf({ id, postId, officerId, deputyId, fromOn, throughOn }: StandingDeputy): DeputyAsked {
  return {
    standingDeputyId: id,
    postId,
    officerId,
    deputyId,
    fromOn: dayOfRow(fromOn),
    throughOn: throughOn === null ? null : dayOfRow(throughOn),
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

/** A standing deputy as people are shown one. */
export type StandingDeputyRow = DeputyAsked & {
  title: string
  role: Role
  officeName: string
  officerName: string
  deputyName: string
  namedByName: string
  namedAt: Instant
  agreedByName: string | null
  agreedAt: Instant | null
}

/** Standing deputies in these offices that are not over on a day, and those of an officer wherever. */
export async function readDeputies(
  db: Db,
  page: { officeIds: readonly string[]; officerId: string; today: PlainDate; after?: string | undefined; take: number },
): Promise<StandingDeputyRow[]> {
  const { officeIds, officerId, today, after, take } = page
  const beyond = after === undefined ? Prisma.empty : Prisma.sql`AND d.id > ${after}`
  type Row = StandingDeputy &
    Pick<
      StandingDeputyRow,
      'title' | 'role' | 'officeName' | 'officerName' | 'deputyName' | 'namedByName' | 'agreedByName'
    >
  const rows = await db.$queryRaw<Row[]>`
    SELECT d.*, p.title, p.role::text AS role, f.name AS "officeName", o.name AS "officerName", y.name AS "deputyName",
      n.name AS "namedByName", g.name AS "agreedByName"
    FROM standing_deputy d JOIN post p ON p.id = d."postId" JOIN office f ON f.id = p."officeId"
    JOIN officer o ON o.id = d."officerId" JOIN officer y ON y.id = d."deputyId" JOIN officer n ON n.id = d."namedBy"
    LEFT JOIN officer g ON g.id = d."agreedBy"
    WHERE (f.id = ANY(${[...officeIds]}) OR ${officerId} IN (d."officerId", d."deputyId"))
      AND d."endedOn" IS NULL AND (d."throughOn" IS NULL OR d."throughOn" >= ${rowOfDay(today)}) ${beyond}
    ORDER BY d.id LIMIT ${take}`
  return rows.map((row) => ({
    ...askedOf(row),
    title: row.title,
    role: row.role,
    officeName: row.officeName,
    officerName: row.officerName,
    deputyName: row.deputyName,
    namedByName: row.namedByName,
    namedAt: instantOfRow(row.namedAt),
    agreedByName: row.agreedByName,
    agreedAt: row.agreedAt === null ? null : instantOfRow(row.agreedAt),
  }))
}
