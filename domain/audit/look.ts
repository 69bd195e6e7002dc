import type { Instant } from '../time/plain-date.ts'
import { canonicalJson } from './canonical-form.ts'

/** Somebody who looked at something, or came in: who as what, at what, what for, when and from where. */
export type Look = Readonly<{
  id: string
  at: Instant
  officerId: string | null
  postId: string | null
  officeId: string | null
  role: string | null
  kind: string
  result: string
  matterId: string | null
  subject: string | null
  purpose: string | null
  source: string
}>

/** The register whose records hold the digests of looks, a minute and more at a time. */
export const readsRegister = 'reads'

/** One look as the digest of its roll-up takes it in. */
export function lookLine(look: Look): string {
  const { id, at, officerId, postId, officeId, role, kind, result, matterId, subject, purpose, source } = look
  const who = { officer: officerId, post: postId, office: officeId, role }
  const what = { kind, result, case: matterId, subject, purpose }
  return `${canonicalJson({ number: id, at, who, what, source })}\n`
}
