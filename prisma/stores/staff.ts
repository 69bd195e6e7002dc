import type { PlainDate } from '../../domain/time/plain-date.ts'
import type { Role } from '../../domain/vocabulary.ts'
import type { Db } from '../client.ts'
import { rowOfDay } from './rows.ts'

/** An officer's account, for checking a password. */
export type Account = { officerId: string; name: string; staffNumber: string; passwordHash: string; disabled: boolean }

export type PostHeldRow = { postId: string; title: string; role: Role; officeId: string; officeName: string }

export async function findAccount(db: Db, staffNumber: string): Promise<Account | null> {
  const row = await db.officer.findUnique({ where: { staffNumber } })
  if (row === null) return null
  const { id: officerId, name, passwordHash, disabledAt } = row
  return { officerId, name, staffNumber, passwordHash, disabled: disabledAt !== null }
}

/** The posts that an officer holds on a day. */
export async function postsHeldBy(db: Db, officerId: string, today: PlainDate): Promise<PostHeldRow[]> {
  const holdings = await db.postHolding.findMany({
    where: { officerId, ...inForceOn(today) },
    include: { post: { include: { office: true } } },
    orderBy: { postId: 'asc' },
  })
  return holdings.map(({ post }) => ({
    postId: post.id,
    title: post.title,
    role: post.role,
    officeId: post.officeId,
    officeName: post.office.name,
  }))
}

/** Officers who hold a post today in a village or township office that answers for a place. */
export async function officersOfTownship(db: Db, placeChain: readonly string[], today: PlainDate) {
  const holdings = await db.postHolding.findMany({
    where: {
      ...inForceOn(today),
      officer: { disabledAt: null },
      post: {
        office: {
          kind: { in: ['VILLAGE_COMMITTEE', 'TOWNSHIP_GOVERNMENT'] },
          jurisdictions: { some: { placeId: { in: [...placeChain] }, ...inForceOn(today) } },
        },
      },
    },
    include: { officer: { select: { id: true, name: true } }, post: { include: { office: true } } },
    orderBy: [{ officer: { staffNumber: 'asc' } }, { postId: 'asc' }],
  })
  return [...Map.groupBy(holdings, ({ officerId }) => officerId)].map(([officerId, held]) => ({
    officerId,
    name: held[0]?.officer.name ?? '',
    posts: held.map(({ post }) => ({ title: post.title, role: post.role, officeName: post.office.name })),
  }))
}

/** Names by id, for what people read. */
export async function namesOfOfficers(db: Db, officerIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.officer.findMany({
    where: { id: { in: [...new Set(officerIds)] } },
    select: { id: true, name: true },
  })
  return new Map(rows.map(({ id, name }) => [id, name]))
}

export async function namesOfOffices(db: Db, officeIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.office.findMany({
    where: { id: { in: [...new Set(officeIds)] } },
    select: { id: true, name: true },
  })
  return new Map(rows.map(({ id, name }) => [id, name]))
}

function inForceOn(today: PlainDate) {
  return {
    effectiveFrom: { lte: rowOfDay(today) },
    OR: [{ effectiveTo: null }, { effectiveTo: { gte: rowOfDay(today) } }],
  }
}
