import type { Archive } from '../../prisma/client.ts'
import { chainAudit } from '../../prisma/stores/system/audit.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { lockCase } from '../../prisma/stores/matter/lock-matter.ts'
import { Recused } from '../../prisma/stores/matter/recusals.ts'
import { inOneTransaction } from '../../prisma/stores/system/transaction.ts'
import type { Asker } from '../http/identity.ts'

/**
 * Does what an officer wants to do in a case. Where they have to keep away from it, nothing of theirs is written into the
 * case; that they tried is told by its audit, as every refused act is. @throws Recused
 */
export async function auditRecusal<T>(
  archive: Archive,
  { asker, matterId, action }: { asker: Asker; matterId: string; action: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Recused) await audit(archive, { asker, matterId, action, code: error.code })
    throw error
  }
}

async function audit(
  archive: Archive,
  { asker, matterId, action, code }: { asker: Asker; matterId: string; action: string; code: Recused['code'] },
): Promise<void> {
  const { officerId, postId, officeId, role } = asker
  await inOneTransaction(archive, async (db) => {
    await lockCase(db, matterId)
    const { placeId } = await db.matter.findUniqueOrThrow({ where: { id: matterId }, select: { placeId: true } })
    const at = await readClock(db)
    const who = { at, officerId, postId, officeId, role, placeId }
    await chainAudit(db, `case:${matterId}`, [
      { ...who, action, result: 'REFUSED', subject: matterId, eventId: null, detail: { code } },
    ])
  })
}
