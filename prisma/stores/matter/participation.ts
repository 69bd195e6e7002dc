import type { Capacity } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'

/** Notes the part that a person takes in a case. The key on case and person is the last guard of one capacity each. */
export async function joinCase(
  db: Db,
  part: { matterId: string; countyId: string; officerId: string; capacity: Capacity; eventId: string },
): Promise<void> {
  await db.participation.createMany({ data: [part], skipDuplicates: true })
}

/** The officer who prepared the payment of a case, if anybody has. */
export async function findPreparer(db: Db, matterId: string): Promise<string | null> {
  const part = await db.participation.findFirst({
    where: { matterId, capacity: 'PREPARE' },
    select: { officerId: true },
  })
  return part?.officerId ?? null
}
