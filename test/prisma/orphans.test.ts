import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { whoMayAct } from '../../domain/staff/may-act.ts'
import { neededRoles } from '../../domain/procedures/authority.ts'
import { whoFills, whoMaySit } from '../../domain/staff/who-fills.ts'
import { plainDate } from '../../domain/time/plain-date.ts'
import { loadConfig } from '../../platform/config.ts'
import { createFieldCipher } from '../../platform/field-cipher.ts'
import { type Archive, openArchive } from '../../prisma/client.ts'
import { countOrphans, findOrphans, findVacantPosts } from '../../prisma/stores/oversight/orphans.ts'
import { readPosts } from '../../prisma/stores/staff/posts.ts'
import { postsHeldBy } from '../../prisma/stores/staff/staff.ts'
import { openOwnerArchive } from '../support/owner-archive.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { type Planted, plantOffices, type RandomOffices, randomOffices } from '../support/random-offices.ts'

let database: TestDatabase
let archive: Archive
let owner: Archive

beforeAll(async () => {
  database = await createTestDatabase()
  owner = openOwnerArchive(database.url, loadConfig({}))
  archive = openArchive({
    url: database.appUrl,
    process: 'api',
    cipher: createFieldCipher(loadConfig({}).keys),
    maxConnections: 4,
  })
})
afterAll(async () => {
  await archive.close()
  await owner.close()
  await database.drop()
})

const day = plainDate('2026-03-02')
// With so many, leaving out any one clause of the rule changes the answer in several.
const runs = 300
let planted = 0
const plant = async (offices: RandomOffices) => plantOffices(owner, { prefix: `o${++planted}`, day, offices })

/** What the rule book says of each open step. */
function orphansByRule({ steps, staffing, postIds }: Planted, { posts }: RandomOffices) {
  return steps.flatMap(({ taskId, officeId, role, capacity, ties }) => {
    const desk = postIds.filter((_, number) => {
      const post = posts[number]
      return post?.role === role && officeId.endsWith(`-${post.office}`)
    })
    const mayAct = whoMayAct({ postIds: desk, capacity }, { staffing, ties, day })
    const filled = desk.some((postId) => whoFills(staffing, postId, day).length > 0)
    return mayAct.length === 0 ? [{ taskId, explained: desk.length > 0 && !filled }] : []
  })
}

describe('the list of steps that nobody can take', () => {
  it('is what the rule book says of each, whatever offices, absences and kin there are', {
    timeout: 120_000,
  }, async () => {
    let orphaned = 0
    let barred = 0
    await fc.assert(
      fc.asyncProperty(randomOffices, async (offices) => {
        const made = await plant(offices)
        const { officeIds } = made
        const byRule = orphansByRule(made, offices)
        const found = await findOrphans(archive.db, { officeIds, day })
        expect(found.map(({ taskId }) => taskId)).toEqual(byRule.map(({ taskId }) => taskId))
        expect(await countOrphans(archive.db, { officeIds, day })).toBe(byRule.length)
        const told = await findOrphans(archive.db, { officeIds, day, beyondVacancy: true })
        const toTell = byRule.filter(({ explained }) => !explained)
        expect(told.map(({ taskId }) => taskId)).toEqual(toTell.map(({ taskId }) => taskId))
        orphaned += byRule.length
        barred += found.filter(({ filledBy }) => filledBy > 0).length
      }),
      { numRuns: runs },
    )
    // Both ways of being orphaned came up, and so did the others.
    expect(orphaned).toBeGreaterThan(runs / 2)
    expect(barred).toBeGreaterThan(10)
  })

  it('comes page by page', async () => {
    const empty = { officers: [], posts: [], answersForAPlace: [], holdings: [], absences: [] }
    const step = { office: 0, role: 'FINANCE_OFFICER', capacity: 'PREPARE', parts: [], own: [], relatives: [] } as const
    const { officeIds, steps } = await plant({ ...empty, steps: [{ ...step }, { ...step }, { ...step }] as never })
    const first = await findOrphans(archive.db, { officeIds, day, take: 2 })
    const rest = await findOrphans(archive.db, { officeIds, day, take: 2, after: first.at(-1)?.taskId })
    expect([...first, ...rest].map(({ taskId }) => taskId)).toEqual(steps.map(({ taskId }) => taskId))
  })
})

describe('a post', () => {
  it('is vacant, and open to sit on, exactly as the rule book says', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(randomOffices, async (offices) => {
        const made = await plant(offices)
        const { officeIds, postIds, officerIds, staffing, steps } = made
        const empty = postIds.filter((postId) => whoFills(staffing, postId, day).length === 0)
        const needed = empty.filter((postId) => {
          const { role, office } = offices.posts[postIds.indexOf(postId)] as RandomOffices['posts'][number]
          const hasWork = steps.some((step) => step.role === role && step.officeId === officeIds[office])
          return hasWork || (neededRoles.includes(role) && offices.answersForAPlace[office])
        })
        const vacant = await findVacantPosts(archive.db, { officeIds, day })
        expect(vacant.map(({ postId }) => postId)).toEqual(needed)
        const shown = await readPosts(archive.db, { officeIds, day, take: 100 })
        expect(
          shown
            .filter((post) => post.vacant)
            .map(({ postId }) => postId)
            .toSorted(),
        ).toEqual(empty)

        for (const officerId of officerIds.filter((id) => !staffing.disabled.has(id))) {
          const held = await postsHeldBy(archive.db, officerId, day)
          const may = postIds.filter((postId) => whoMaySit(staffing, postId, day).includes(officerId))
          expect(held.map(({ postId }) => postId).toSorted()).toEqual(may)
        }
      }),
      { numRuns: runs / 2 },
    )
  })
})
