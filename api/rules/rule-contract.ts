import { dateChoices, parameterKeys } from '../../domain/policy/parameters.ts'
import { plainDate, yearNumber } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { residenceKinds } from '../../domain/vocabulary.ts'
import { day, id } from '../http/nouns.ts'

export const ParametersQuery = z.strictObject({ placeId: id.optional(), on: plainDate.optional() })

/** One value in force. A value without a document behind it says so. */
const ParameterInForce = z.object({
  key: z.enum(parameterKeys),
  label: z.string(),
  /** For urban or rural households; null where the same row serves both. */
  residenceKind: z.enum(residenceKinds).nullable(),
  value: z.unknown(),
  placeId: id,
  effectiveFrom: day,
  effectiveTo: day.nullable(),
  source: z.string(),
  assumed: z.boolean(),
  datePickedBy: z.enum(dateChoices),
})

export const Parameters = z
  .object({ placeId: id, on: day, parameters: z.array(ParameterInForce) })
  .meta({ id: 'Parameters' })

export const CalendarParams = z.strictObject({ year: yearNumber })

/** A year as arranged; without a notice it is provisional and holds statutory holidays only. */
export const CalendarYearView = z
  .object({
    year: z.int(),
    status: z.enum(['CONFIRMED', 'PROVISIONAL']),
    notice: z.string().nullable(),
    days: z.array(
      z.object({ day, kind: z.enum(['HOLIDAY', 'MAKE_UP_WORKDAY']), name: z.string(), source: z.string() }),
    ),
  })
  .meta({ id: 'CalendarYear' })
