import type { MatchedFact, MatchedStatus } from '../../../domain/household/matched-fact.ts'
import type { Instant, PlainDate } from '../../../domain/time/plain-date.ts'
import type { MatchingSource } from '../../../domain/vocabulary.ts'
import type { Db } from '../../client.ts'
import type { MatchingRequest } from '../../generated/client.ts'
import { dayOfRow, fenOfRow, instantOfRow, rowOfDay, rowOfInstant } from '../system/rows.ts'

/** Writes the request down before it is sent; a second writing changes nothing. */
export async function writeMatchingRequest(
  db: Db,
  request: { id: string; matterId: string; countyId: string; sources: readonly MatchingSource[]; writtenAt: Instant },
): Promise<void> {
  const { id, matterId, countyId } = request
  await db.matchingRequest.createMany({
    data: [{ id, matterId, countyId, sources: [...request.sources], writtenAt: rowOfInstant(request.writtenAt) }],
    skipDuplicates: true,
  })
}

export async function findMatchingRequest(db: Db, id: string): Promise<MatchingRequest | null> {
  return db.matchingRequest.findUnique({ where: { id } })
}

/** When the centre is to be asked again about a request. */
export async function askCentreAgainAt(db: Db, id: string, at: Instant | null): Promise<void> {
  await db.matchingRequest.updateMany({ where: { id }, data: { nextAskAt: at === null ? null : rowOfInstant(at) } })
}

export async function nextAskOfCentreAt(db: Db, id: string): Promise<Instant | null> {
  const row = await db.matchingRequest.findUnique({ where: { id }, select: { nextAskAt: true } })
  return row?.nextAskAt ? instantOfRow(row.nextAskAt) : null
}

export async function keepMatchedFacts(
  db: Db,
  of: { matterId: string; countyId: string; requestId: string },
  facts: readonly MatchedFact[],
): Promise<void> {
  await db.matchedFactRow.createMany({
    data: facts.map((fact) => ({
      id: fact.factId,
      ...of,
      source: fact.source,
      personId: fact.personId,
      kind: fact.kind,
      incomeKind: fact.kind === 'INCOME' ? fact.incomeKind : null,
      propertyKind: fact.kind === 'PROPERTY' ? fact.propertyKind : null,
      amountFen: BigInt(fact.amountFen),
      description: fact.description,
      observedOn: rowOfDay(fact.observedOn),
      answeredOn: rowOfDay(fact.answeredOn),
      validUntil: rowOfDay(fact.validUntil),
    })),
    skipDuplicates: true,
  })
}

/** What registers say of persons; it is kept beside the facts, and is none that a rule asks about. */
export async function keepMatchedStatuses(
  db: Db,
  of: { matterId: string; countyId: string; requestId: string },
  statuses: readonly MatchedStatus[],
): Promise<void> {
  await db.matchedFactRow.createMany({
    data: statuses.map(({ factId, source, personId, status, description, ...days }) => ({
      id: factId,
      ...of,
      source,
      personId,
      kind: 'CIVIL_STATUS',
      civilStatus: status,
      amountFen: 0n,
      description,
      observedOn: rowOfDay(days.observedOn),
      answeredOn: rowOfDay(days.answeredOn),
      validUntil: rowOfDay(days.validUntil),
    })),
    skipDuplicates: true,
  })
}

/** The words of registers about persons, by the number of each. */
export async function readStatusWords(
  db: Db,
  statusIds: readonly string[],
): Promise<Map<string, { description: string; observedOn: PlainDate }>> {
  const rows = await db.matchedFactRow.findMany({ where: { id: { in: [...statusIds] } } })
  return new Map(rows.map(({ id, description, observedOn }) => [id, { description, observedOn: dayOfRow(observedOn) }]))
}

/** Facts by id, oldest first. */
export async function readMatchedFacts(db: Db, factIds: readonly string[]): Promise<MatchedFact[]> {
  const rows = await db.matchedFactRow.findMany({
    where: { id: { in: [...factIds] }, kind: { in: ['INCOME', 'PROPERTY'] } },
    orderBy: { id: 'asc' },
  })
  return rows.map(
    (row) =>
      ({
        factId: row.id,
        source: row.source,
        personId: row.personId,
        kind: row.kind,
        ...(row.incomeKind === null ? {} : { incomeKind: row.incomeKind }),
        ...(row.propertyKind === null ? {} : { propertyKind: row.propertyKind }),
        amountFen: fenOfRow(row.amountFen),
        description: row.description,
        observedOn: dayOfRow(row.observedOn),
        answeredOn: dayOfRow(row.answeredOn),
        validUntil: dayOfRow(row.validUntil),
      }) as MatchedFact,
  )
}
