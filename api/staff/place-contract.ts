import { z } from '../../domain/schemas/zod.ts'
import { levels, residenceKinds, roles } from '../../domain/vocabulary.ts'
import { id } from '../http/nouns.ts'

/** The places that the asker's office answers for, from the top down. */
export const Places = z
  .object({
    places: z.array(
      z.object({
        placeId: id,
        parentId: id.nullable(),
        level: z.enum(levels),
        name: z.string(),
        residenceKind: z.enum(residenceKinds).nullable(),
      }),
    ),
  })
  .meta({ id: 'Places' })

export const OfficersQuery = z.strictObject({ placeId: id })

/** Officers of the village and township of a place: those who may survey there. */
export const Officers = z
  .object({
    officers: z.array(
      z.object({
        officerId: id,
        name: z.string(),
        posts: z.array(z.object({ title: z.string(), role: z.enum(roles), officeName: z.string() })),
      }),
    ),
  })
  .meta({ id: 'Officers' })
