import { z } from '../../domain/schemas/zod.ts'
import { dayOf } from '../../domain/time/plain-date.ts'
import type { Archive } from '../../prisma/client.ts'
import { officesArrangedBy } from '../../prisma/stores/staff/arranging.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { readDeputies } from '../../prisma/stores/staff/standing-deputies.ts'
import type { Deputies, DeputiesQuery } from './standing-deputy-contract.ts'
import type { Asker } from '../http/identity.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'

const Mark = z.strictObject({ standingDeputyId: z.string() })

/** One page of the standing deputies that concern somebody. */
export async function deputiesView({ db }: Archive, asker: Asker, query: DeputiesQuery): Promise<Deputies> {
  const today = dayOf(await readClock(db))
  const arranged = (await officesArrangedBy(db, asker, today)).map(({ officeId }) => officeId)
  const rows = await readDeputies(db, {
    officeIds: [asker.officeId, ...arranged],
    officerId: asker.officerId,
    today,
    after: readCursor(Mark, query.cursor)?.standingDeputyId,
    take: query.pageSize + 1,
  })
  const deputies = rows.slice(0, query.pageSize)
  const last = deputies.at(-1)
  const nextCursor =
    rows.length > deputies.length && last ? writeCursor({ standingDeputyId: last.standingDeputyId }) : null
  return { deputies, nextCursor }
}
