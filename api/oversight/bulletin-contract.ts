import { limitKeys } from '../../domain/matter/limit-keys.ts'
import { periodText } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { besideFigureKeys, figureKeys } from '../../domain/supervision/bulletin.ts'
import { reportingKinds } from '../../domain/supervision/reporting-period.ts'
import { supervisionRungs } from '../../domain/vocabulary.ts'
import { stages } from '../../domain/procedures/words.ts'
import { PlaceName } from '../assistance-cases/case-contract.ts'
import { at, cursor, day, id, pageSize } from '../http/nouns.ts'

/** `2026-11`, `2026-Q4`, `2026-H1` or `2026`. */
export const PeriodParams = z.strictObject({
  period: periodText,
})

export const BulletinsQuery = z.strictObject({ placeId: id.optional(), cursor: cursor.optional(), pageSize })
export type BulletinsQuery = z.output<typeof BulletinsQuery>

export const BulletinQuery = z.strictObject({ placeId: id.optional() })
export type BulletinQuery = z.output<typeof BulletinQuery>

export const FigureQuery = z.strictObject({
  placeId: id.optional(),
  figure: z.enum(figureKeys),
  limit: z.enum(limitKeys).optional(),
  cursor: cursor.optional(),
  pageSize,
})
export type FigureQuery = z.output<typeof FigureQuery>

const period = {
  period: z.string(),
  periodLabel: z.string(),
  kind: z.enum(reportingKinds),
  kindLabel: z.string(),
  firstDay: day,
  lastDay: day,
}

const count = z.int().nonnegative()

/** Issued bulletins, the latest first. */
export const Bulletins = z
  .object({
    items: z.array(z.object({ county: PlaceName, ...period, issuedAt: at, digest: z.string() })),
    nextCursor: cursor.nullable(),
  })
  .meta({ id: 'Bulletins' })
export type Bulletins = z.infer<typeof Bulletins>

/** `onTimeRate` from 0 to 1, null where nothing fell due. Entered late is among in time; late is told by whose days. */
const LimitLine = z.object({
  limit: z.enum(limitKeys),
  label: z.string(),
  due: count,
  inTime: count,
  enteredLate: count,
  doneLate: count,
  stillOpen: count,
  lateByOffice: count,
  lateByOthers: count,
  onTimeRate: z.number().min(0).max(1).nullable(),
})

/** The figures of the county, or of one of its townships; beside every rate what it could be dressed up by. */
const PlaceLine = PlaceName.extend({
  limits: z.array(LimitLine),
  beside: z.array(z.object({ figure: z.enum(besideFigureKeys), label: z.string(), count })),
  rungs: z.array(z.object({ rung: z.enum(supervisionRungs), label: z.string(), count })),
})
export type PlaceLine = z.infer<typeof PlaceLine>

const Change = PlaceName.extend({
  limit: z.enum(limitKeys).nullable(),
  limitLabel: z.string().nullable(),
  label: z.string(),
  issued: count,
  now: count,
})

/**
 * One county's bulletin. Issued: as it was issued, `changes` tells what has been put right or come to light since, in the
 * asker's area. Not issued yet: the figures of this moment, of the asker's area.
 */
const CountyBulletin = z.object({
  county: PlaceName,
  issued: z.boolean(),
  standing: z.string(),
  issuedAt: at.nullable(),
  digest: z.string().nullable(),
  places: z.array(PlaceLine),
  circulars: z.array(
    z.object({ matterNumber: z.string(), placeName: z.string(), limit: z.enum(limitKeys), limitLabel: z.string() }),
  ),
  changes: z.array(Change),
})
export type CountyBulletin = z.infer<typeof CountyBulletin>

/** A period's bulletins: one for the county of the place asked for, or for each county below it. */
export const BulletinOfPeriod = z
  .object({ ...period, previousPeriod: z.string(), countedAt: at, bulletins: z.array(CountyBulletin) })
  .meta({ id: 'BulletinOfPeriod' })
export type BulletinOfPeriod = z.infer<typeof BulletinOfPeriod>

/** The cases behind a figure as it stands now; `times` adds up to the figure. */
export const FigureCases = z
  .object({
    figure: z.string(),
    label: z.string(),
    items: z.array(
      z.object({
        matterId: id,
        matterNumber: z.string(),
        placeName: z.string(),
        stage: z.enum(stages),
        stageLabel: z.string(),
        times: z.int().positive(),
      }),
    ),
    nextCursor: cursor.nullable(),
  })
  .meta({ id: 'FigureCases' })
export type FigureCases = z.infer<typeof FigureCases>
