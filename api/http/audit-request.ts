import type { Archive } from '../../prisma/client.ts'
import { noteLook } from '../../prisma/stores/system/looks.ts'
import { problemOf } from './problem.ts'
import type { Ask, LookAbout, Reply, Route } from './route.ts'

/**
 * Handles a request and writes down who looked at what, as the route declares it: one insert before the answer leaves, so
 * that nothing is shown that was not written down. A refusal is written down as well; a failure showed nothing.
 */
export async function handleAudited(archive: Archive, route: Route, ask: Ask): Promise<Reply> {
  const reply = await route.handle(ask).catch(async (error: unknown) => {
    if (problemOf(error).problem.status < 500) await noteAsked(archive, route, ask, null)
    throw error
  })
  await noteAsked(archive, route, ask, reply)
  return reply
}

/** Somebody whose role may not use a route at all has tried to. */
export async function noteTurnedAway(
  archive: Archive,
  route: Route,
  ask: Pick<Ask, 'asker' | 'source'>,
): Promise<void> {
  if (!('look' in route.audits)) return
  await noteLook(archive.db, { ...lookOf(route.audits.look, ask, {}), result: 'REFUSED' })
}

async function noteAsked(archive: Archive, { audits }: Route, ask: Ask, reply: Reply | null): Promise<void> {
  if (!('look' in audits)) return
  const about = { ...aboutOf(ask), ...(await audits.about?.(ask, reply)) }
  await noteLook(archive.db, { ...lookOf(audits.look, ask, about), result: reply === null ? 'REFUSED' : 'DONE' })
}

function lookOf(
  kind: Extract<Route['audits'], { look: unknown }>['look'],
  { asker, source }: { asker?: Ask['asker']; source: string },
  { matterId = null, subject = null, purpose = null, ...by }: LookAbout,
) {
  const { officerId = null, postId = null, officeId = null, role = null } = { ...asker, ...by }
  return { officerId, postId, officeId, role, kind, matterId, subject, purpose, source }
}

/** What the path names, and the purpose that was given. */
function aboutOf({ params, query }: Ask): LookAbout {
  const { matterId = null, ...others } = (params ?? {}) as Record<string, string | number>
  const { purpose = null } = (query ?? {}) as { purpose?: string | null }
  const subject = Object.values(others).map((part) => (typeof part === 'object' ? '' : String(part)))
  return { matterId: matterId === null ? null : String(matterId), subject: subject.join(' ') || null, purpose }
}
