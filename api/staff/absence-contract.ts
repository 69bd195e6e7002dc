import { plainDate } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { absenceCauses, roles } from '../../domain/vocabulary.ts'
import { RaisedAlarm } from '../oversight/alarm-contract.ts'
import { at, cursor, day, id, pageSize } from '../http/nouns.ts'

/** Days on which somebody is away from a post, and who stands in; one's own, or those of somebody whom one heads. */
export const NewAbsence = z
  .strictObject({
    postId: id,
    officerId: id,
    /** Left out where the standing deputy stands in, if there is one; null where nobody can. */
    standInId: id.nullable().optional(),
    cause: z.enum(absenceCauses),
    fromOn: plainDate,
    throughOn: plainDate,
  })
  .meta({ id: 'NewAbsence' })
export type NewAbsence = z.output<typeof NewAbsence>

/** Until the stand-in is agreed to by a second person, nobody stands in; a standing deputy was agreed to beforehand. */
export const AbsenceEntered = z
  .object({ absenceId: id, standInId: id.nullable(), standInAgreed: z.boolean(), alarms: z.array(RaisedAlarm) })
  .meta({ id: 'AbsenceEntered' })

export const StandInAgreed = z
  .object({ absenceId: id, standInAgreedAt: at, alarms: z.array(RaisedAlarm) })
  .meta({ id: 'StandInAgreed' })

/** On which day the officer is back; today when left out. */
export const AbsenceEnd = z.strictObject({ backOn: plainDate.optional() })
export const AbsenceEnded = z
  .object({ absenceId: id, endedOn: day, alarms: z.array(RaisedAlarm) })
  .meta({ id: 'AbsenceEnded' })

export const AbsencesQuery = z.strictObject({
  /** Those not over before this day; today when left out. */
  since: plainDate.optional(),
  cursor: cursor.optional(),
  pageSize,
})
export type AbsencesQuery = z.output<typeof AbsencesQuery>

const AbsenceView = z.object({
  absenceId: id,
  postId: id,
  title: z.string(),
  role: z.enum(roles),
  officeName: z.string(),
  officerId: id,
  officerName: z.string(),
  standInId: id.nullable(),
  standInName: z.string().nullable(),
  /** Who said so, and who agreed to the stand-in; nobody stands in before. */
  recordedByName: z.string(),
  standInAgreedBy: id.nullable(),
  standInAgreedByName: z.string().nullable(),
  /** Only for the officer, and for those who arrange who works there. */
  cause: z.enum(absenceCauses).nullable(),
  causeLabel: z.string().nullable(),
  fromOn: day,
  throughOn: day,
  endedOn: day.nullable(),
  recordedAt: at,
})

/** Absences of one's office and area that are not over, and one's own wherever; the earliest first. */
export const Absences = z
  .object({ absences: z.array(AbsenceView), nextCursor: cursor.nullable() })
  .meta({ id: 'Absences' })
export type Absences = z.infer<typeof Absences>
