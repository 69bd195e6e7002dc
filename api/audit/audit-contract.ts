import { auditResults, auditSources } from '../../domain/vocabulary.ts'
import { plainDate } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { at, cursor, id, pageSize } from '../http/nouns.ts'

/** What an auditor searches by; the period in days, both included. */
export const AuditQuery = z.strictObject({
  officerId: id.optional(),
  matterId: id.optional(),
  kind: z
    .string()
    .regex(/^[A-Z_]{2,40}$/)
    .optional(),
  result: z.enum(auditResults).optional(),
  from: plainDate.optional(),
  through: plainDate.optional(),
  cursor: cursor.optional(),
  pageSize,
})
export type AuditQuery = z.output<typeof AuditQuery>

/** Acts and looks, the latest first. */
export const AuditLines = z
  .object({
    items: z.array(
      z.object({
        at,
        source: z.enum(auditSources),
        sourceLabel: z.string(),
        kind: z.string(),
        kindLabel: z.string(),
        result: z.enum(auditResults),
        resultLabel: z.string(),
        officer: z.object({ officerId: id, name: z.string() }).nullable(),
        officeName: z.string().nullable(),
        roleLabel: z.string().nullable(),
        matterId: id.nullable(),
        matterNumber: z.string().nullable(),
        subject: z.string().nullable(),
        purpose: z.string().nullable(),
        address: z.string().nullable(),
      }),
    ),
    nextCursor: cursor.nullable(),
  })
  .meta({ id: 'AuditLines' })
export type AuditLines = z.infer<typeof AuditLines>

const count = z.int().nonnegative()

/** What a verification found. `holds` speaks of everything that was looked at, `unproven` of what no seal covers yet. */
export const VerificationView = z
  .object({
    holds: z.boolean(),
    conclusion: z.string(),
    checked: z.object({
      records: count,
      registers: count,
      events: count,
      papers: count,
      erasedPapers: count,
      looks: count,
      seals: count,
    }),
    found: count,
    findings: z.array(
      z.object({
        kind: z.string(),
        label: z.string(),
        register: z.string().nullable(),
        seq: z.int().nullable(),
        what: z.string().nullable(),
      }),
    ),
    lastSeal: z.object({ number: z.int(), takenAt: at, keyId: z.string() }).nullable(),
    unproven: z.object({ records: count, registers: count, looks: count, since: at.nullable(), sentence: z.string() }),
  })
  .meta({ id: 'Verification' })
export type VerificationView = z.infer<typeof VerificationView>

const SealView = z.object({
  number: z.int(),
  takenAt: at,
  takenBy: z.string().nullable(),
  statement: z.string(),
  digest: z.string(),
  keyId: z.string(),
  signature: z.string(),
})

export const SealsQuery = z.strictObject({ cursor: cursor.optional(), pageSize })
export type SealsQuery = z.output<typeof SealsQuery>

/** Seals, the latest first, and the public keys by which anybody can check them. */
export const Seals = z
  .object({ publicKeys: z.string(), items: z.array(SealView), nextCursor: cursor.nullable() })
  .meta({ id: 'Seals' })
export type Seals = z.infer<typeof Seals>

export const SealTaken = SealView.meta({ id: 'SealTaken' })
