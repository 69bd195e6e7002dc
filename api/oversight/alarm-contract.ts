import { z } from '../../domain/schemas/zod.ts'
import { alarmKinds, capacities, roles } from '../../domain/vocabulary.ts'
import { stages } from '../../domain/procedures/words.ts'
import { at, cursor, id, pageSize } from '../http/nouns.ts'

/** An alarm that was raised by what was just done. */
export const RaisedAlarm = z
  .object({ alarmId: id, kind: z.enum(alarmKinds), kindLabel: z.string(), subject: id, role: z.enum(roles) })
  .meta({ id: 'RaisedAlarm' })

export const AlarmsQuery = z.strictObject({
  status: z.enum(['standing', 'cleared']).default('standing'),
  cursor: cursor.optional(),
  pageSize,
})
export type AlarmsQuery = z.output<typeof AlarmsQuery>

/** A post that nobody fills, or a step that nobody may take; of a case its number and step and nothing else. */
const AlarmView = z.object({
  alarmId: id,
  kind: z.enum(alarmKinds),
  kindLabel: z.string(),
  officeName: z.string(),
  role: z.enum(roles),
  roleLabel: z.string(),
  matterNumber: z.string().nullable(),
  stage: z.enum(stages).nullable(),
  stageLabel: z.string().nullable(),
  raisedAt: at,
  clearedAt: at.nullable(),
})

/** Alarms of one's area, the latest first. */
export const Alarms = z.object({ alarms: z.array(AlarmView), nextCursor: cursor.nullable() }).meta({ id: 'Alarms' })
export type Alarms = z.infer<typeof Alarms>

/** Whether replacing had stopped before an administrator let it go on. */
export const ReplacingResumed = z.object({ hadStopped: z.boolean() }).meta({ id: 'ReplacingResumed' })

export const OrphansQuery = z.strictObject({ cursor: cursor.optional(), pageSize })
export type OrphansQuery = z.output<typeof OrphansQuery>

const OrphanView = z.object({
  matterNumber: z.string(),
  stage: z.enum(stages),
  stageLabel: z.string(),
  officeName: z.string(),
  role: z.enum(roles),
  roleLabel: z.string(),
  capacity: z.enum(capacities).nullable(),
  /** Since when the step lies open. */
  openedAt: at,
  /** Nobody fills the post, or all who do are barred in this case. */
  reason: z.enum(['POST_VACANT', 'ALL_BARRED']),
  reasonLabel: z.string(),
})

/** Open steps of one's area that nobody living can take at this moment; it must be empty. */
export const Orphans = z
  .object({ count: z.int(), orphans: z.array(OrphanView), nextCursor: cursor.nullable() })
  .meta({ id: 'Orphans' })
export type Orphans = z.infer<typeof Orphans>
