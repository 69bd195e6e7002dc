import { currentForm } from '../../../domain/audit/canonical-form.ts'
import type { Archive, Db } from '../../client.ts'
import { chainAudit } from './audit.ts'
import { lockCase } from '../matter/lock-matter.ts'
import { lockRegisters } from '../staff/staff-register.ts'

/**
 * Joins registers that nothing has been added to since an older form, so that closed cases are bound in full as well.
 * Returns how many it joined; fewer than asked for means that none is left.
 */
export async function joinOldRegisters(archive: Archive, atMost: number): Promise<number> {
  const old = await oldRegisters(archive.db, atMost)
  for (const register of old)
    await archive.db.$transaction(async (tx) => {
      if (register.startsWith('case:')) await lockCase(tx, register.slice('case:'.length))
      else await lockRegisters(tx, [register])
      await chainAudit(tx, register, [])
    })
  return old.length
}

async function oldRegisters(db: Db, atMost: number): Promise<string[]> {
  const rows = await db.$queryRaw<{ register: string }[]>`
    SELECT DISTINCT old.register FROM audit_record old WHERE old.form < ${currentForm} AND NOT EXISTS (
      SELECT FROM audit_record a WHERE a.register = old.register AND a.form = ${currentForm})
    ORDER BY old.register LIMIT ${atMost}`
  return rows.map(({ register }) => register)
}
