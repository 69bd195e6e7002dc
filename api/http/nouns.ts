import { cursorText, recordId } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'

/** What requests and answers are made of. Answers carry plain text and numbers; brands stay inside. */

export const id = recordId

/** A day in Asia/Shanghai. */
export const day = z.iso.date().meta({ id: 'Day', example: '2026-07-01' })

/** A moment, UTC. */
export const at = z.iso.datetime().meta({ id: 'At', example: '2026-07-01T01:00:00.000Z' })

/** Whole fen; 100 fen are one yuan. */
export const fen = z.int().meta({ id: 'AmountFen', example: 46500 })

/** Where the next page begins, as the last answer said; opaque. */
export const cursor = cursorText

export const pageSize = z.coerce.number().int().min(1).max(100).default(20)

/** One thing wrong with the input, and where. */
export const Fault = z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() })
export type Fault = z.infer<typeof Fault>

/** RFC 9457. `code` is the name of the refusal or fault; `facts` makes its sentence concrete. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    faults: z.array(Fault).optional(),
    facts: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>
