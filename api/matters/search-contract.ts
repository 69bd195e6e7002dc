import { documentNumber, lineText, personName } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { outcomes, stages } from '../../domain/procedures/words.ts'
import { day, id } from '../http/nouns.ts'

/** Most cases that one search tells of. */
export const mostFound = 100

/** One thing to look for: the number of a case, the whole name of any member, or an identity number. */
export const CaseSearch = z.union([
  z.strictObject({ matterNumber: lineText(50) }),
  z.strictObject({ name: personName }),
  z.strictObject({ identityNumber: documentNumber }),
])
export type CaseSearch = z.output<typeof CaseSearch>
export type CaseSearchInput = z.input<typeof CaseSearch>

/** Cases that the asker may look into, the latest first, and whether there are more. */
export const CasesFound = z
  .object({
    items: z.array(
      z.object({
        matterId: id,
        matterNumber: z.string(),
        title: z.string(),
        placeName: z.string(),
        stage: z.enum(stages),
        stageLabel: z.string(),
        outcome: z.enum(outcomes).nullable(),
        outcomeLabel: z.string().nullable(),
        handedInOn: day,
      }),
    ),
    more: z.boolean(),
  })
  .meta({ id: 'CasesFound' })
export type CasesFound = z.infer<typeof CasesFound>
