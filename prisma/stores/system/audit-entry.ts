import type { Instant } from '../../../domain/time/plain-date.ts'
import type { Role } from '../../../domain/vocabulary.ts'

/** One line of the audit: who did or tried what, as what, where, when, and how it ended. Codes only. */
export type AuditEntry = {
  at: Instant
  officerId: string | null
  postId: string | null
  officeId: string | null
  role: Role | null
  placeId: string | null
  action: string
  result: 'FILED' | 'REFUSED' | 'DONE'
  subject: string
  eventId: string | null
  detail: Record<string, unknown>
}
