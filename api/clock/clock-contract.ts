import { instantText } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { at, day } from '../http/nouns.ts'

export const ClockView = z
  .object({ now: at, today: day, offsetMs: z.int(), movable: z.boolean() })
  .meta({ id: 'Clock' })

/** Where the training clock is to go: an instant, or so many days on. Never back. */
export const ClockMove = z
  .union([
    z.strictObject({ targetAt: instantText }),
    z.strictObject({ workingDays: z.int().min(1).max(400) }),
    z.strictObject({ days: z.int().min(1).max(800) }),
  ])
  .meta({ id: 'ClockMove' })
export type ClockMove = z.output<typeof ClockMove>

export const ClockMoved = z.object({ now: at, today: day })
