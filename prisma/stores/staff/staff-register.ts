import type { Instant } from '../../../domain/time/plain-date.ts'
import type { Role } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import type { Prisma } from '../../generated/client.ts'
import { chainAudit } from '../system/audit.ts'
import type { AuditEntry } from '../system/audit-entry.ts'

/**
 * Who changes something about the staff: an officer at the counter, for whom they stand in there if for anybody, or nobody
 * where the system looks by itself.
 */
export type StaffActor = {
  officerId: string
  postId: string
  officeId: string
  role: Role
  standsInFor: string | null
} | null

/** One line about the staff of an office. Codes and days only. */
export type StaffEntry = { officeId: string; action: string; subject: string; detail: Record<string, unknown> }

/** The registers in which changes of the staff of these offices are chained: one for each county, or for an office above. */
export async function staffRegistersOf(db: Db, officeIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.$queryRaw<{ officeId: string; register: string }[]>`
    SELECT f.id AS "officeId", 'staff:' || COALESCE(p."countyId", f.id) AS register
    FROM office f LEFT JOIN place p ON p.id = f."placeId" WHERE f.id = ANY(${[...new Set(officeIds)]})`
  return new Map(rows.map(({ officeId, register }) => [officeId, register]))
}

/** Takes the locks of registers until the transaction ends; in one order, so that two never wait for each other. */
export async function lockRegisters(tx: Prisma.TransactionClient, registers: Iterable<string>): Promise<void> {
  for (const register of [...new Set(registers)].sort())
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`register:${register}`}))`
}

/** Chains lines onto the registers of their offices, whose locks the caller holds. */
export async function auditStaff(
  tx: Prisma.TransactionClient,
  entries: readonly StaffEntry[],
  { by, at }: { by: StaffActor; at: Instant },
): Promise<void> {
  const registers = await staffRegistersOf(
    tx,
    entries.map(({ officeId }) => officeId),
  )
  const byRegister = Map.groupBy(entries, ({ officeId }) => registers.get(officeId) as string)
  for (const [register, lines] of byRegister)
    await chainAudit(
      tx,
      register,
      lines.map((line) => auditEntryOf(line, by, at)),
    )
}

function auditEntryOf({ officeId, action, subject, detail }: StaffEntry, by: StaffActor, at: Instant): AuditEntry {
  return {
    at,
    officerId: by?.officerId ?? null,
    postId: by?.postId ?? null,
    officeId: by?.officeId ?? null,
    role: by?.role ?? null,
    placeId: null,
    action,
    result: 'DONE',
    subject,
    eventId: null,
    detail: { office: officeId, ...detail, ...(by?.standsInFor ? { standsInFor: by.standsInFor } : {}) },
  }
}
