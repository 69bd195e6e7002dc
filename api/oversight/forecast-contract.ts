import { limitKeys } from '../../domain/matter/limit-keys.ts'
import { plainDate } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { PlaceName } from '../assistance-cases/case-contract.ts'
import { at, day, id } from '../http/nouns.ts'

export const WeatherQuery = z.strictObject({ placeId: id.optional() })
export type WeatherQuery = z.output<typeof WeatherQuery>

export const MadeOn = z.strictObject({ madeOn: plainDate })

/** A day with the reason why it is worked or off, so that it is seen why nothing falls due on it. */
export const DayView = z.object({
  day,
  weekday: z.string(),
  working: z.boolean(),
  explanation: z.string(),
  /** A holiday notice still to come may change the day. */
  provisional: z.boolean(),
})
export type DayView = z.infer<typeof DayView>

/**
 * Limits that fall due and are open, and how many of them are expected to be late. `unknown` of them have no recent pace
 * to go by and are not in `expected`.
 */
const foreseen = { open: z.int(), expected: z.number(), unknown: z.int() }
/** `fewObservations`: of those open, how many are judged by next to no runs of their own office. */
const live = { ...foreseen, fewObservations: z.int() }

/** What is expected for the days ahead, in the place asked for, directly below it, and by limit. */
export const Weather = z
  .object({
    place: PlaceName,
    madeAt: at,
    days: z.array(DayView.extend(live)),
    total: z.object(live),
    places: z.array(PlaceName.extend({ ...live, days: z.array(z.object({ day, ...live })) })),
    /** The most expected first. */
    limits: z.array(z.object({ limit: z.enum(limitKeys), label: z.string(), ...live })),
  })
  .meta({ id: 'Weather' })
export type Weather = z.infer<typeof Weather>

/**
 * What came on a day that is over: runs that had begun when the forecast was made, by how they ended, and `late` of them;
 * `begunSince` were late too but could not be foreseen. Entered late is in time.
 */
const Came = z.object({
  due: z.int(),
  inTime: z.int(),
  enteredLate: z.int(),
  doneLate: z.int(),
  stillOpen: z.int(),
  late: z.int(),
  begunSince: z.int(),
})
export type Came = z.infer<typeof Came>

/** `came` and `error` (expected less late) are null until the day is over. */
const held = { ...foreseen, came: Came.nullable(), error: z.number().nullable() }
/** The same for all days that are over; `expected` of those alone. */
const heldInAll = { ...foreseen, came: Came, error: z.number(), daysOver: z.int() }

/** A forecast as it was made, beside what came. */
export const WeatherThen = z
  .object({
    place: PlaceName,
    madeOn: day,
    days: z.array(DayView.extend(held)),
    total: z.object(heldInAll),
    places: z.array(PlaceName.extend({ ...heldInAll, days: z.array(z.object({ day, ...held })) })),
  })
  .meta({ id: 'WeatherThen' })
export type WeatherThen = z.infer<typeof WeatherThen>
