import type { Capacity } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import { accountsOf } from '../staff/duties.ts'

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

/** The part that a person took in a matter, under whatever account. */
export async function findCapacityHeld(db: Db, matterId: string, officerId: string): Promise<Capacity | null> {
  const [part] = await db.$queryRaw<{ capacity: Capacity }[]>`
    SELECT part.capacity::text AS capacity FROM participation part JOIN ${accountsOf(officerId)} own ON own.id = part."officerId"
    WHERE part."matterId" = ${matterId} LIMIT 1`
  return part?.capacity ?? null
}
