import type { Archive } from '../../client.ts'
import { chainAudit } from '../system/audit.ts'
import type { AuditEntry } from '../system/audit-entry.ts'
import { inOneTransaction } from '../system/transaction.ts'

/** Who took rows out of the system, what for, and which: by `exportId`, which the file bears. */
export type ExportRecord = Pick<AuditEntry, 'at' | 'placeId'> & {
  exportId: string
  by: { officerId: string; postId: string; officeId: string; role: AuditEntry['role'] }
  action: string
  /** In the words of whoever took them out. */
  purpose: string
  filter: Record<string, unknown>
  rows: number
}

/** Chains an export onto the register of the office, so that it can be shown later who has had which list. */
export async function recordExport(
  archive: Archive,
  { exportId, at, placeId, by, action, purpose, filter, rows }: ExportRecord,
): Promise<void> {
  const register = `export:${by.officeId}`
  await inOneTransaction(archive, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`register:${register}`}))`
    await chainAudit(tx, register, [
      {
        at,
        ...by,
        placeId,
        action,
        result: 'DONE',
        subject: exportId,
        eventId: null,
        detail: { purpose, filter, rows },
      },
    ])
  })
}
