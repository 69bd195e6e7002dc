import type { Archive } from '../../prisma/client.ts'
import { type LockedMatter, withLockedMatter } from '../../prisma/stores/matter/locked-matter.ts'
import type { MatterStatus } from '../contract.ts'
import { statusOf } from './status.ts'
import { takeInbox } from './inbox.ts'
import { recordElapsedDeadlines } from './elapsed-deadlines.ts'

/** Takes what arrived, records what time brought, and says where the case stands. Safe at any moment. */
export async function lookAtCase(
  archive: Archive,
  { matterId }: { matterId: string },
  limitMs?: number,
): Promise<MatterStatus> {
  return withLockedMatter(archive, matterId, async (matter) => statusOf(await bringUpToDate(matter)), { limitMs })
}

/** News first: an answer that came in time must not be overtaken by the breach that it averts. */
export async function bringUpToDate(matter: LockedMatter): Promise<LockedMatter> {
  if (matter.state.version === 0) return matter
  return recordElapsedDeadlines(await takeInbox(matter))
}
