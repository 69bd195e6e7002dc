import type { CitedPaper } from '../../domain/matter/facts.ts'
import { chainAudit } from '../../prisma/stores/system/audit.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import type { Asker } from '../http/identity.ts'
import type { once } from '../http/once.ts'

type Tx = Parameters<Parameters<typeof once>[3]>[0]

/** Chains onto a case, whose lock the caller holds, that somebody put a paper into it that no act cites yet. */
export async function auditPaper(
  db: Tx,
  {
    action,
    asker,
    row,
    paper,
  }: { action: 'ADD_PAPER' | 'ASSESS'; asker: Asker; row: { id: string; placeId: string }; paper: CitedPaper },
): Promise<void> {
  const { officerId, postId, officeId, role } = asker
  await chainAudit(db, `case:${row.id}`, [
    {
      at: await readClock(db),
      officerId,
      postId,
      officeId,
      role,
      placeId: row.placeId,
      action,
      result: 'DONE',
      subject: row.id,
      eventId: null,
      detail: { papers: [paper] },
    },
  ])
}
