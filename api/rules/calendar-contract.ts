import { z } from '../../domain/schemas/zod.ts'
import { at, id } from '../http/nouns.ts'

const typed = (example: unknown) => z.unknown().meta({ example })

/**
 * A State Council notice for a year, or a place's own days (with `place` and without `year`), as it was typed in. What is
 * wrong with it is told by `domain/time/calendar-notice.ts`, all at once.
 */
export const CalendarNotice = z
  .looseObject({
    year: typed(2027).optional(),
    place: typed('qingyang').optional(),
    title: typed('国务院办公厅关于2027年部分节假日安排的通知').optional(),
    number: typed('国办发明电〔2026〕1号').optional(),
    publishedOn: typed('2026-11-05').optional(),
    days: typed([{ day: '2027-01-01', kind: 'HOLIDAY', name: '元旦' }]).optional(),
  })
  .meta({ id: 'CalendarNotice' })

export const CalendarEntered = z
  .object({ editionIds: z.array(z.string()), redatingId: id })
  .meta({ id: 'CalendarEntered' })

/** What a re-dating did; `finishedAt` is null while it is on its way. */
const RedatingView = z.object({
  redatingId: id,
  reason: z.string(),
  requestedAt: at,
  finishedAt: at.nullable(),
  moved: z.int(),
  movedEarlier: z.int(),
  movedLater: z.int(),
})

export const Redatings = z.object({ redatings: z.array(RedatingView) }).meta({ id: 'Redatings' })

/** What an administrator has to see to. */
export const Warnings = z
  .object({
    warnings: z.array(
      z.object({ code: z.literal('NOTICE_MISSING'), year: z.int(), since: z.iso.date(), text: z.string() }),
    ),
  })
  .meta({ id: 'Warnings' })
