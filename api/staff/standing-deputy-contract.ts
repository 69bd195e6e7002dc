import { plainDate } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { roles } from '../../domain/vocabulary.ts'
import { at, cursor, day, id, pageSize } from '../http/nouns.ts'

/** Who stands in for an officer on a post whenever they are away; from today and without end when left out. */
export const NewDeputy = z
  .strictObject({
    postId: id,
    officerId: id,
    deputyId: id,
    fromOn: plainDate.optional(),
    throughOn: plainDate.optional(),
  })
  .meta({ id: 'NewDeputy' })

export const DeputyNamed = z.object({ standingDeputyId: id }).meta({ id: 'DeputyNamed' })
export const DeputyAgreed = z.object({ standingDeputyId: id, agreedAt: at }).meta({ id: 'DeputyAgreed' })
export const DeputyEnded = z.object({ standingDeputyId: id, endedOn: day }).meta({ id: 'DeputyEnded' })

export const DeputiesQuery = z.strictObject({ cursor: cursor.optional(), pageSize })
export type DeputiesQuery = z.output<typeof DeputiesQuery>

/** Standing deputies of one's office and area that are not over, and one's own wherever. */
export const Deputies = z
  .object({
    deputies: z.array(
      z.object({
        standingDeputyId: id,
        postId: id,
        title: z.string(),
        role: z.enum(roles),
        officeName: z.string(),
        officerId: id,
        officerName: z.string(),
        deputyId: id,
        deputyName: z.string(),
        fromOn: day,
        throughOn: day.nullable(),
        namedByName: z.string(),
        namedAt: at,
        /** Null until a second person has agreed; before that nobody is a deputy. */
        agreedByName: z.string().nullable(),
        agreedAt: at.nullable(),
      }),
    ),
    nextCursor: cursor.nullable(),
  })
  .meta({ id: 'Deputies' })
export type Deputies = z.infer<typeof Deputies>
