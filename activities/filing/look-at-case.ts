import type { Archive } from '../../prisma/client.ts'
import { type Dossier, withDossier } from '../../prisma/stores/dossier.ts'
import type { Standing } from '../contract.ts'
import { standingOf } from './standing.ts'
import { takeWhatArrived } from './what-arrived.ts'
import { recordWhatTimeBrought } from './what-time-brought.ts'

/** Takes what arrived, records what time brought, and says where the case stands. Safe at any moment. */
export async function lookAtCase(
  archive: Archive,
  { caseId }: { caseId: string },
  limitMs?: number,
): Promise<Standing> {
  return withDossier(archive, caseId, async (dossier) => standingOf(await bringUpToDate(dossier)), limitMs)
}

/** News first: an answer that came in time must not be overtaken by the breach that it averts. */
export async function bringUpToDate(dossier: Dossier): Promise<Dossier> {
  if (dossier.state.version === 0) return dossier
  return recordWhatTimeBrought(await takeWhatArrived(dossier))
}
