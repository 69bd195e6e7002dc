import { addMs } from '../../../domain/time/plain-date.ts'
import type { Archive } from '../../../prisma/client.ts'
import { readClock } from '../../../prisma/stores/system/clock.ts'
import { setTrainingClock } from '../../../prisma/stores/system/training-clock.ts'

/** The archive's clock that much later; there is no procedure here whose clock would have to move with it. */
export async function advanceTrainingClock(archive: Archive, ms: number): Promise<void> {
  await setTrainingClock(archive, addMs(await readClock(archive.db), ms))
}
