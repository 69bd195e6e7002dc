import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeFirstPassword } from '../../api/staff/first-password.ts'
import { familyOf } from '../../domain/staff/duty-families.ts'
import { StaffRefused } from '../../domain/staff/staff-refusals.ts'
import { addDays, dayOf, type PlainDate } from '../../domain/time/plain-date.ts'
import { type Role, roles } from '../../domain/vocabulary.ts'
import { loadConfig } from '../../platform/config.ts'
import type { Archive } from '../../prisma/client.ts'
import { agreeToStandIn, endAbsence, enterAbsence } from '../../prisma/stores/staff/absences.ts'
import { disableOfficer, enableOfficer, recordIdentity } from '../../prisma/stores/staff/accounts.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { findHandOver, openHandOver } from '../../prisma/stores/staff/hand-overs.ts'
import { giveHandOver, takeHandOver } from '../../prisma/stores/staff/hand-over-signatures.ts'
import { endHolding, givePost } from '../../prisma/stores/staff/holdings.ts'
import { seatedOn } from '../../prisma/stores/staff/post-fillings.ts'
import { agreeToProposal, propose } from '../../prisma/stores/staff/staff-proposals.ts'
import type { StaffActor } from '../../prisma/stores/staff/staff-register.ts'
import { agreeToDeputy, nameDeputy } from '../../prisma/stores/staff/standing-deputies.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { openOwnerArchive } from '../support/owner-archive.ts'
import {
  incumbentOf,
  indexOf,
  officeId,
  plantOfficer,
  plantOneOfEachRole,
  postOf,
  secondAdministrator,
} from '../support/one-of-each-role.ts'

type Tx = Parameters<Parameters<Archive['db']['$transaction']>[0]>[0]
type By = NonNullable<StaffActor>

let database: TestDatabase
let archive: Archive
let today: PlainDate

beforeAll(async () => {
  database = await createTestDatabase()
  // People are planted in the same transactions in which they are tried, which no process of ours could do.
  archive = openOwnerArchive(database.url, loadConfig({}))
  today = dayOf(await readClock(archive.db))
  await plantOneOfEachRole(archive)
})
afterAll(async () => {
  await archive.close()
  await database.drop()
})

/** Does something and takes it back. */
async function tried<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const takenBack = new Error('taken back')
  let result: T | undefined
  await archive.db
    .$transaction(
      async (tx) => {
        result = await work(tx)
        throw takenBack
      },
      { timeout: 60_000 },
    )
    .catch((error: unknown) => {
      if (error !== takenBack) throw error
    })
  return result as T
}

const as = (officerId: string, role: Role): By => ({
  officerId,
  postId: postOf(role),
  officeId,
  role,
  standsInFor: null,
})
const administrator = as(incumbentOf('ADMINISTRATOR'), 'ADMINISTRATOR')
const another = as(secondAdministrator, 'ADMINISTRATOR')
const { hashed: firstPassword } = makeFirstPassword()
const two = { twoAdministrators: true, firstPassword }
const one = { twoAdministrators: false }
const id = () => randomUUID()

/** Every way in which somebody gets a post. `who` has an account on one, and `other` is another account of theirs. */
const ways = {
  'is given it': (tx, role, who) =>
    givePost(tx, { holdingId: id(), postId: postOf(role), officerId: who }, administrator),
  'is given it on another account': async (tx, role, who) => {
    await plantOfficer(tx, { id: 'other', person: who })
    await givePost(tx, { holdingId: id(), postId: postOf(role), officerId: 'other' }, administrator)
  },
  'is given it from a later day on': (tx, role, who) =>
    givePost(tx, { holdingId: id(), postId: postOf(role), officerId: who, fromOn: addDays(today, 400) }, administrator),
  'is proposed for it by one and agreed to by another': async (tx, role, who) => {
    const change = { kind: 'GIVE_POST', postId: postOf(role), officerId: who } as const
    const { result } = await propose(tx, { proposalId: id(), change }, administrator, two)
    await agreeToProposal(tx, result.proposalId, another, firstPassword)
  },
  'stands in': async (tx, role, who) => {
    const absence = { postId: postOf(role), officerId: incumbentOf(role), fromOn: today, throughOn: addDays(today, 3) }
    const holder = as(incumbentOf(role), role)
    const named = { ...absence, absenceId: id(), standInId: who, cause: 'LEAVE' } as const
    const { result } = await enterAbsence(tx, named, holder)
    await agreeToStandIn(tx, result.absenceId, role === 'ADMINISTRATOR' ? another : administrator)
  },
  'becomes standing deputy': async (tx, role, who) => {
    const days = { fromOn: today, throughOn: null }
    const named = { ...days, standingDeputyId: id(), postId: postOf(role), officerId: incumbentOf(role), deputyId: who }
    await nameDeputy(tx, named, as(incumbentOf(role), role))
    await agreeToDeputy(tx, named.standingDeputyId, role === 'ADMINISTRATOR' ? another : administrator)
  },
  'takes it over': async (tx, role, who) => {
    const from = incumbentOf(role)
    const asked = { handOverId: id(), postId: postOf(role), fromOfficerId: from, toOfficerId: who, lastDay: today }
    await openHandOver(tx, asked, role === 'ADMINISTRATOR' ? another : administrator, one)
    const shown = await findHandOver(tx, as(from, role), { handOverId: asked.handOverId, now: await readClock(tx) })
    const signed = { handOverId: asked.handOverId, listDigest: shown?.listDigest ?? '' }
    await giveHandOver(tx, signed, as(from, role))
    await takeHandOver(tx, signed, { ...as(who, role), postId: 'any' }, one)
  },
  'has it on an account that is enabled again': async (tx, role, who) => {
    await plantOfficer(tx, { id: 'other', person: who, role, disabled: true })
    await enableOfficer(tx, 'other', administrator)
  },
  'turns out to be who has it': async (tx, role, who) => {
    await plantOfficer(tx, { id: 'other', person: 'somebody', role })
    await recordIdentity(tx, { officerId: 'other', identityIndex: indexOf(who) }, administrator)
  },
} satisfies Record<string, (tx: Tx, role: Role, who: string) => Promise<unknown>>

describe('whoever has one post', () => {
  for (const [name, way] of Object.entries(ways))
    it(`${name} only within the same family of duties`, { timeout: 120_000 }, async () => {
      for (const held of roles)
        for (const asked of roles.filter((role) => role !== held)) {
          const outcome = await tried(async (tx) => {
            await plantOfficer(tx, { id: 'who', person: 'who', role: held })
            return outcomeOf(way(tx, asked, 'who'))
          })
          const expected = familyOf[held] === familyOf[asked] ? 'done' : 'otherFamilyOfDuties'
          expect([held, asked, outcome]).toEqual([held, asked, expected])
        }
    })
})

async function outcomeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof StaffRefused) return error.code
      throw error
    },
  )
}

// ---- any order of changes by anybody ---------------------------------------------------------------------------------

const people = ['p0', 'p1', 'p2', 'p3']
const accounts = people.flatMap((person) => [`${person}-a`, `${person}-b`])
const kinds = [
  'GIVE',
  'END',
  'DISABLE',
  'ENABLE',
  'PROPOSE',
  'AGREE_PROPOSAL',
  'IDENTITY',
  'ABSENCE',
  'AGREE_STAND_IN',
  'BACK',
  'DEPUTY',
  'AGREE_DEPUTY',
  'HAND_OVER',
  'SIGN',
] as const

type Step = { kind: (typeof kinds)[number]; role: Role; picks: [number, number, number]; inDays: number }

/** Of each law; a run is a few dozen attempts, of which some are permitted. */
const runs = 12

const upTo100 = fc.nat(100)
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...kinds),
  role: fc.constantFrom(...roles),
  picks: fc.tuple(upTo100, upTo100, upTo100),
  inDays: fc.integer({ min: 0, max: 3 }),
})
const steps = fc.array(step, { minLength: 15, maxLength: 40 })
const beginning = fc.array(fc.record({ account: fc.constantFrom(...accounts), role: fc.constantFrom(...roles) }), {
  minLength: 6,
  maxLength: 12,
})

const oneOf = <T>(all: readonly T[], pick: number): T | undefined => all[pick % Math.max(1, all.length)]

/** Tries a step as somebody who sits somewhere, or as one person alone. Returns whether it was done. */
async function take(tx: Tx, { kind, role, picks, inDays }: Step, rules: typeof one, alone?: string): Promise<boolean> {
  const [actorPick, officerPick, otherPick] = picks
  const sitting = await tx.$queryRaw<{ officerId: string; postId: string; role: Role }[]>`
    SELECT s."officerId", s."postId", p.role::text AS role FROM ${seatedOn(today)} s JOIN post p ON p.id = s."postId"
    JOIN officer o ON o.id = s."officerId" WHERE o."disabledAt" IS NULL ORDER BY 1, 2`
  const actors = sitting.filter(({ officerId }) => alone === undefined || officerId.startsWith(alone))
  // Who arranges something is asked more often than who cannot, or most attempts would be refused for that alone.
  const arranging = actors.filter((one) => ['ADMINISTRATOR', 'COUNTY_APPROVER', 'TOWNSHIP_LEADER'].includes(one.role))
  const seat = oneOf(actorPick % 3 > 0 && arranging.length > 0 ? arranging : actors, officerPick + otherPick)
  if (seat === undefined) return false
  const by = { ...seat, officeId, standsInFor: null }
  const actor = seat.officerId
  const isAdministrator = by.role === 'ADMINISTRATOR'
  const mayAlone = isAdministrator && !rules.twoAdministrators
  const postId = postOf(role)
  const day = addDays(today, inDays)
  const holders = sitting.filter((one) => one.postId === postId).map(({ officerId }) => officerId)
  // On one's own post as often as on any.
  const ownPost = officerPick % 2 === 0
  const [about, holder] = ownPost ? [seat.postId, actor] : [postId, oneOf(holders, officerPick) ?? actor]
  const officer = oneOf(accounts, officerPick + actorPick) as string
  const alike = sitting.filter((one) => familyOf[one.role] === familyOf[ownPost ? seat.role : role])
  const others = otherPick % 2 === 0 ? alike : sitting
  const other = oneOf([...others.map(({ officerId }) => officerId), ...accounts.slice(0, 2)], otherPick) as string
  const idOf = async (rows: Promise<{ id: string }[]>) => oneOf(await rows, otherPick)?.id ?? ''
  const inOrder = { orderBy: { id: 'asc' }, select: { id: true } } as const
  const work: Record<Step['kind'], () => Promise<unknown>> = {
    GIVE: async () => mayAlone && givePost(tx, { holdingId: id(), postId, officerId: officer, fromOn: day }, by),
    END: async () => mayAlone && endHolding(tx, { postId, officerId: holder, lastDay: day }, by),
    DISABLE: async () => mayAlone && disableOfficer(tx, officer, by),
    ENABLE: async () => mayAlone && enableOfficer(tx, officer, by),
    IDENTITY: async () =>
      mayAlone && recordIdentity(tx, { officerId: officer, identityIndex: indexOf(other.slice(0, 2)) }, by),
    PROPOSE: async () => {
      const change =
        inDays === 0
          ? ({ kind: 'ENABLE_OFFICER', officerId: officer } as const)
          : ({ kind: 'GIVE_POST', postId, officerId: officer, fromOn: day } as const)
      return isAdministrator && propose(tx, { proposalId: id(), change }, by, { ...rules, firstPassword })
    },
    AGREE_PROPOSAL: async () =>
      isAdministrator && agreeToProposal(tx, await idOf(tx.staffProposal.findMany(inOrder)), by, firstPassword),
    ABSENCE: async () => {
      const absence = { absenceId: id(), postId: about, officerId: holder, standInId: other, cause: 'LEAVE' } as const
      return enterAbsence(tx, { ...absence, fromOn: today, throughOn: day }, by)
    },
    AGREE_STAND_IN: async () => agreeToStandIn(tx, await idOf(tx.absence.findMany(inOrder)), by),
    BACK: async () => endAbsence(tx, { absenceId: await idOf(tx.absence.findMany(inOrder)) }, by),
    DEPUTY: async () => {
      const deputy = { standingDeputyId: id(), postId: about, officerId: holder, deputyId: other }
      return nameDeputy(tx, { ...deputy, fromOn: today, throughOn: null }, by)
    },
    AGREE_DEPUTY: async () => agreeToDeputy(tx, await idOf(tx.standingDeputy.findMany(inOrder)), by),
    HAND_OVER: async () => {
      const names = { handOverId: id(), postId: about, fromOfficerId: holder, toOfficerId: other }
      return openHandOver(tx, { ...names, lastDay: day }, by, rules)
    },
    SIGN: async () => {
      const handOverId = await idOf(tx.handOver.findMany(inOrder))
      const shown = await findHandOver(tx, by, { handOverId, now: await readClock(tx) })
      if (shown === null) return false
      const signed = { handOverId, listDigest: shown.listDigest }
      return shown.givenAt === null ? giveHandOver(tx, signed, by) : takeHandOver(tx, signed, by, rules)
    },
  }
  await tx.$executeRaw`SAVEPOINT step`
  try {
    return (await work[kind]()) !== false
  } catch (error) {
    if (!(error instanceof StaffRefused)) throw error
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT step`
    return false
  }
}

/** People with duties of two families on one day, found by looking at the rows alone. */
async function withTwoFamilies(tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ person: string; role: Role; from: string; until: string }[]>`
    SELECT encode(o."identityIndex", 'escape') AS person, p.role::text AS role, d."from"::text, d."until"::text
    FROM (SELECT "officerId", "postId", "effectiveFrom" AS "from", COALESCE("effectiveTo", '2999-01-01') AS "until"
      FROM post_holding
      UNION ALL SELECT "standInId", "postId", "fromOn", COALESCE(LEAST("endedOn", "throughOn"), "throughOn")
      FROM absence WHERE "standInAgreedBy" IS NOT NULL) d
    JOIN officer o ON o.id = d."officerId" AND o."disabledAt" IS NULL JOIN post p ON p.id = d."postId"`
  return rows
    .filter((mine) =>
      rows.some(
        (also) =>
          also.person === mine.person &&
          familyOf[also.role] !== familyOf[mine.role] &&
          also.from <= mine.until &&
          mine.from <= also.until &&
          also.from <= also.until &&
          mine.from <= mine.until,
      ),
    )
    .map(({ person }) => person)
}

/** Who may sit where within some days, by person. */
async function seats(tx: Tx): Promise<Set<string>> {
  const found = new Set<string>()
  for (let inDays = 0; inDays <= 4; inDays += 1) {
    const rows = await tx.$queryRaw<{ seat: string }[]>`
      SELECT encode(o."identityIndex", 'escape') || ' on ' || s."postId" AS seat
      FROM ${seatedOn(addDays(today, inDays))} s JOIN officer o ON o.id = s."officerId" AND o."disabledAt" IS NULL`
    for (const { seat } of rows) found.add(seat)
  }
  return found
}

async function begin(tx: Tx, begun: readonly { account: string; role: Role }[]): Promise<void> {
  for (const account of accounts) await plantOfficer(tx, { id: account, person: account.slice(0, 2) })
  for (const { account, role } of begun) {
    const effectiveFrom = new Date('2021-01-01')
    await tx.$executeRaw`SAVEPOINT beginning`
    await tx.postHolding.create({ data: { postId: postOf(role), officerId: account, effectiveFrom } })
    if ((await withTwoFamilies(tx)).length > 0) await tx.$executeRaw`ROLLBACK TO SAVEPOINT beginning`
  }
}

describe('no order of changes', () => {
  it('by whomever gives one person duties of two families', { timeout: 240_000 }, async () => {
    let done = 0
    await fc.assert(
      fc.asyncProperty(beginning, steps, fc.boolean(), async (begun, changes, twoAdministrators) =>
        tried(async (tx) => {
          await begin(tx, begun)
          for (const next of changes) {
            if (!(await take(tx, next, { twoAdministrators }))) continue
            done += 1
            expect(await withTwoFamilies(tx)).toEqual([])
          }
        }),
      ),
      { numRuns: runs, endOnFailure: true },
    )
    expect(done).toBeGreaterThan(runs)
  })

  it('by one person alone, on whatever accounts, gives anybody a post where two administrators are needed', {
    timeout: 240_000,
  }, async () => {
    let done = 0
    await fc.assert(
      fc.asyncProperty(beginning, steps, fc.constantFrom(...people), async (begun, changes, alone) =>
        tried(async (tx) => {
          await begin(tx, [{ account: `${alone}-a`, role: 'ADMINISTRATOR' }, ...begun])
          const before = await seats(tx)
          for (const next of changes) if (await take(tx, next, two, alone)) done += 1
          expect([...(await seats(tx))].filter((seat) => !before.has(seat))).toEqual([])
        }),
      ),
      { numRuns: runs, endOnFailure: true },
    )
    expect(done).toBeGreaterThan(runs)
  })

  it('by one person alone gives that person a post, where one administrator suffices', {
    timeout: 240_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(beginning, steps, fc.constantFrom(...people), async (begun, changes, alone) =>
        tried(async (tx) => {
          await begin(tx, begun)
          const own = async () => [...(await seats(tx))].filter((seat) => seat.startsWith(`${alone} `))
          const before = new Set(await own())
          for (const next of changes) await take(tx, next, one, alone)
          expect((await own()).filter((seat) => !before.has(seat))).toEqual([])
        }),
      ),
      { numRuns: runs, endOnFailure: true },
    )
  })
})
