import { StaffRefused } from '../../../domain/staff/staff-refusals.ts'
import { mayArrange, mayName } from '../../../domain/staff/who-arranges.ts'
import type { PlainDate } from '../../../domain/time/plain-date.ts'
import type { Role } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import { type OfficeRow, officesInArea, type PostRow } from './offices.ts'

type Asker = { officeId: string; role: Role }

/** The offices in which somebody arranges who works there. */
export async function officesArrangedBy(db: Db, asker: Asker, today: PlainDate): Promise<OfficeRow[]> {
  const offices = await officesInArea(db, asker.officeId, today)
  return offices.filter((office) => mayArrange(asker, { ...office, inArea: true }))
}

/** Whoever sees nothing of an office learns nothing of it either. @throws StaffRefused */
export async function refuseStranger(db: Db, { office }: PostRow, asker: Asker, today: PlainDate): Promise<void> {
  const inArea = (await officesInArea(db, asker.officeId, today)).some(({ officeId }) => officeId === office.officeId)
  if (!inArea) throw new StaffRefused('staffNotThere')
  if (!mayArrange(asker, { ...office, inArea })) throw new StaffRefused('notYoursToArrange')
}

/** Whoever may not say who has this post says so neither for a stand-in nor for a successor. @throws StaffRefused */
export async function refuseNamer(db: Db, post: PostRow, asker: Asker, today: PlainDate): Promise<void> {
  await refuseStranger(db, post, asker, today)
  if (!mayName(asker, { ...post.office, inArea: true }, post.role)) throw new StaffRefused('notYoursToArrange')
}
