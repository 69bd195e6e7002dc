import type { Archive } from '../../client.ts'
import { chainAudit } from '../system/audit.ts'
import { calendarRegister, lockRegister } from './calendar-imports.ts'
import { readClock } from '../system/clock.ts'
import { noteRedatingFinished, readRedatingReport } from './redatings.ts'

/** Closes a re-dating and audits what it did; once, however often it is asked. */
export async function finishRedating(
  archive: Archive,
  { redatingId, missed }: { redatingId: string; missed: number },
): Promise<void> {
  await archive.db.$transaction(async (tx) => {
    await lockRegister(tx)
    const at = await readClock(tx)
    if (!(await noteRedatingFinished(tx, redatingId, at))) return
    const { moved, movedEarlier, movedLater } = await readRedatingReport(tx, redatingId)
    await chainAudit(tx, calendarRegister, [
      {
        at,
        officerId: null,
        postId: null,
        officeId: null,
        role: null,
        placeId: null,
        action: 'REDATE',
        result: 'DONE',
        subject: redatingId,
        eventId: null,
        detail: { moved, movedEarlier, movedLater, missed },
      },
    ])
  })
}
