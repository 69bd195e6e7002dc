import { foldCase } from '../../../domain/procedures/assistance-case/case.ts'
import type { CaseEvent } from '../../../domain/procedures/assistance-case/facts.ts'
import { procedures } from '../../../domain/procedures/index.ts'
import { dayOf, type Instant } from '../../../domain/time/plain-date.ts'
import type { Role } from '../../../domain/vocabulary.ts'
import type { FieldCipher } from '../../../platform/field-cipher.ts'
import type { Archive } from '../../client.ts'
import type { Matter, Prisma } from '../../generated/client.ts'
import type { ApplicationRow, CaseInView } from './case-in-view.ts'
import { readCaseEvents } from './matter-events.ts'
import { readClock } from '../system/clock.ts'
import { readMatchedFacts } from '../household/matching.ts'
import { type PlaceStep, readPlaceChain } from '../staff/places.ts'
import { refuseRecused } from './recusals.ts'
import { readReferenceData } from '../rules/reference-data.ts'
import { areaOf, withinArea } from './scope.ts'

/** A case as it stood at one moment, for reading only; nothing is locked. */
export type CaseReading = CaseInView & {
  db: Prisma.TransactionClient
  cipher: FieldCipher
  now: Instant
  places: PlaceStep[]
}

/** Who asks: a person, on a post. */
export type CaseAsker = { officerId: string; officeId: string; role: Role }

/**
 * Reads a case within what the asker may see. All of it is from one snapshot, so that stage, desks and due instants
 * agree. Null for a case that is not theirs, as for one that is not there: the same query answers both.
 * @throws Recused for a case of their area that they have to keep away from.
 */
export async function readCase<T>(
  archive: Archive,
  { matterId, asker }: { matterId: string; asker: CaseAsker },
  work: (reading: CaseReading) => Promise<T>,
): Promise<T | null> {
  return archive.db.$transaction(
    async (db) => {
      const now = await readClock(db)
      const today = dayOf(now)
      const area = await areaOf(db, asker, today)
      const row = await db.matter.findFirst({ where: { id: matterId, ...withinArea(area) } })
      if (row === null || !isApplication(row)) return null
      await refuseRecused(db, { officerId: asker.officerId, matterId, today })
      const events = (await readCaseEvents(db, matterId)) as CaseEvent[]
      const places = await readPlaceChain(db, row.placeId, today)
      const ruleBook = await readReferenceData(db)
      const placeChain = places.map(({ placeId }) => placeId)
      const state = foldCase(events)
      const procedure = procedures.ASSISTANCE_CASE
      return work({
        db,
        cipher: archive.cipher,
        row,
        procedure,
        events,
        state,
        places,
        placeChain,
        ruleBook,
        now,
        today,
      })
    },
    { isolationLevel: 'RepeatableRead', maxWait: 5_000, timeout: 10_000 },
  )
}

/** Everything that registers ever said about this household. */
export async function readFactsOfCase(db: Prisma.TransactionClient, matterId: string) {
  const rows = await db.matchedFactRow.findMany({ where: { matterId }, select: { id: true } })
  return readMatchedFacts(
    db,
    rows.map(({ id }) => id),
  )
}

function isApplication(row: Matter): row is ApplicationRow {
  return row.kind === 'ASSISTANCE_CASE'
}
