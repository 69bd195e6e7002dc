import { randomUUID } from 'node:crypto'
import { dayOf } from '../../domain/time/plain-date.ts'
import type { PaperKind } from '../../domain/vocabulary.ts'
import { stableId } from '../../platform/stable-id.ts'
import type { Archive } from '../../prisma/client.ts'
import { assessBasis, basisDigest, readAssessmentBasis } from '../../prisma/stores/household/assessments.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { asCase, withLockedMatterAsItIs } from '../../prisma/stores/matter/locked-matter.ts'
import { keepPaper } from '../../prisma/stores/matter/papers.ts'
import { receiveRequest } from '../../prisma/stores/matter/requests.ts'
import { postsHeldBy } from '../../prisma/stores/staff/staff.ts'
import type { ActRequest } from '../../workflows/shared/matter-contract.ts'
import type { BenchCase } from './bench-case.ts'
import { countyId, paperBody } from './household.ts'
import { path, type Step } from './path.ts'

/** What the counter does before an act goes anywhere; the same for every build that has our archive. */
export type Counter = {
  prepare: (theCase: BenchCase, step: Step) => Promise<void>
  receive: (theCase: BenchCase, step: Step) => Promise<ActRequest>
}

export async function openCounter(archive: Archive): Promise<Counter> {
  const posts = await readPosts(archive)
  const keep = async ({ matterId }: BenchCase, officerId: string, kind: PaperKind, body: string) => {
    const writtenAt = await readClock(archive.db)
    const paperId = randomUUID()
    const paper = { paperId, matterId, countyId, kind, body, contentType: 'application/json', writtenBy: officerId }
    await keepPaper(archive, { ...paper, writtenAt })
    return paperId
  }
  return {
    async prepare(theCase, { officerId, papers, assesses }) {
      const now = await readClock(archive.db)
      if (assesses)
        theCase.assessmentId = await keep(theCase, officerId, 'ASSESSMENT', await assessed(archive, theCase))
      theCase.paperIds = []
      for (const kind of papers) {
        theCase.paperIds.push(await keep(theCase, officerId, kind, paperBody(kind, theCase, now)))
      }
    },
    async receive(theCase, { action, officerId, details }) {
      const { matterId, version, paperIds } = theCase
      const requestId = randomUUID()
      const receivedAt = await readClock(archive.db)
      const content = {
        action,
        details: details(theCase),
        versionSeen: version,
        paperIds,
        occurredOn: dayOf(receivedAt),
      }
      const postId = posts.get(officerId) as string
      const contentDigest = stableId(JSON.stringify(content))
      await receiveRequest(archive.db, {
        officerId,
        requestId,
        postId,
        action,
        matterId,
        contentDigest,
        content,
        receivedAt,
      })
      return { officerId, requestId, action }
    },
  }
}

/** The post in which each officer of the path acts. */
export async function readPosts({ db }: Archive): Promise<Map<string, string>> {
  const today = dayOf(await readClock(db))
  const posts = new Map<string, string>()
  for (const { officerId } of path) {
    const [post] = await postsHeldBy(db, officerId, today)
    if (post) posts.set(officerId, post.postId)
  }
  return posts
}

async function assessed(archive: Archive, { matterId }: BenchCase): Promise<string> {
  const basis = await withLockedMatterAsItIs(archive, matterId, async (matter) =>
    readAssessmentBasis({ db: matter.tx, cipher: matter.cipher }, asCase(matter), { category: null }),
  )
  return JSON.stringify({ assessment: assessBasis(basis), category: null, basisDigest: basisDigest(basis) })
}
