import { z } from '../../domain/schemas/zod.ts'
import { factTypes } from '../../domain/procedures/words.ts'
import { day, id } from '../http/nouns.ts'

const ActOfKin = z.object({
  matterId: id,
  matterNumber: z.string(),
  eventId: id,
  type: z.enum(factTypes),
  label: z.string(),
  occurredOn: day,
  officerName: z.string(),
})

/** What officers did in a case before it was filed that they have to keep away from it; the latest first, and whether there is more. */
export const LateFilings = z.object({ items: z.array(ActOfKin), more: z.boolean() }).meta({ id: 'LateFilings' })
export type LateFilings = z.infer<typeof LateFilings>
