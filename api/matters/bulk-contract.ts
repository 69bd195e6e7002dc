import { limitKeys } from '../../domain/matter/limit-keys.ts'
import { caseVersion, instantText, lineText, remarkText } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { decisionsInBulk } from '../../domain/procedures/acts-in-bulk.ts'
import { roles } from '../../domain/vocabulary.ts'
import { day, id } from '../http/nouns.ts'

/** As many as one person can have looked at. */
const mostRows = 200

const decisions = z.enum(decisionsInBulk)

const row = { matterId: id, versionSeen: caseVersion }
/** With the due instant of the limit as it was shown: a calendar may move it without a word in the case. */
const UrgedRow = z.strictObject({ ...row, limit: z.enum(limitKeys), run: z.int().min(1).max(1000), dueAt: instantText })
const Row = z.strictObject(row)

function ticked<T extends z.ZodType<{ matterId: string }>>(each: T) {
  return z
    .array(each)
    .min(1, '请先勾选案件。')
    .max(mostRows, `一次最多办理${mostRows}件。`)
    .refine((rows) => new Set(rows.map(({ matterId }) => matterId)).size === rows.length, '同一案件不能勾选两次。')
}

/** The same act on every ticked row, and on no other. */
export const BulkActs = z
  .discriminatedUnion(
    'action',
    [
      z.strictObject({
        action: z.literal('URGE'),
        text: remarkText.optional(),
        rows: ticked(UrgedRow),
      }),
      z.strictObject({ action: z.literal('ASSIGN'), role: z.enum(roles), officerId: id, rows: ticked(Row) }),
      z.strictObject({
        action: decisions,
        /** The likeness under which the rows were shown together. */
        likeness: lineText(1000),
        rows: ticked(Row),
      }),
    ],
    '该事项须逐件办理，不能批量办理。',
  )
  .meta({ id: 'BulkActs' })
export type BulkActs = z.output<typeof BulkActs>
export type BulkActsInput = z.input<typeof BulkActs>

/** What became of each row: done, refused by name, or not known yet (send the same request again). */
export const BulkResult = z
  .object({
    bulkId: id,
    filed: z.int(),
    refused: z.int(),
    unknown: z.int(),
    rows: z.array(
      z.object({
        matterId: id,
        outcome: z.enum(['FILED', 'REFUSED', 'UNKNOWN']),
        version: z.int().nullable(),
        code: z.string().nullable(),
        detail: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'BulkResult' })
export type BulkResult = z.infer<typeof BulkResult>

export const BulkPreviewIntake = z.strictObject({
  action: decisions,
  matterIds: z.array(id).min(1, '请先勾选案件。').max(mostRows, `一次最多办理${mostRows}件。`),
})
export type BulkPreviewIntake = z.output<typeof BulkPreviewIntake>

const PreviewRow = z.object({
  matterId: id,
  matterNumber: z.string(),
  title: z.string(),
  placeName: z.string(),
  versionSeen: z.int(),
  memberCount: z.int(),
  amountFen: z.int().nullable(),
  appliedOn: day.nullable(),
})

/** Cases by what they have in common, what still differs within each group, and which have to be decided singly and why. */
export const BulkPreview = z
  .object({
    groups: z.array(
      z.object({
        likeness: z.string(),
        sentences: z.array(z.string()),
        differing: z.array(z.enum(['memberCount', 'amountFen', 'appliedOn', 'placeName'])),
        rows: z.array(PreviewRow),
      }),
    ),
    singly: z.array(z.object({ matterId: id, matterNumber: z.string(), reasons: z.array(z.string()) })),
    notThere: z.array(id),
  })
  .meta({ id: 'BulkPreview' })
export type BulkPreview = z.infer<typeof BulkPreview>
