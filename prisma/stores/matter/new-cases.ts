import type { Instant } from '../../../domain/time/plain-date.ts'
import type { Programme, Relation, ResidenceKind } from '../../../domain/vocabulary.ts'
import { stableId } from '../../../platform/stable-id.ts'
import type { Db } from '../../client.ts'
import { rowOfInstant } from '../system/rows.ts'

/** A case before its first act is filed: nobody sees it, and nothing follows from it. */
export type Draft = {
  matterId: string
  matterNumber: string
  programme: Programme
  procedureVersion: string
  placeId: string
  countyId: string
  residenceKind: ResidenceKind
  title: string
  persons: readonly { personId: string; relation: Relation; counts: boolean; nameIndex?: Uint8Array<ArrayBuffer> }[]
  now: Instant
}

export async function writeDraft(db: Db, draft: Draft): Promise<void> {
  const { matterId, programme, countyId, persons } = draft
  const at = rowOfInstant(draft.now)
  const exclusive = `APPLICATION:${programme}`
  await db.matter.create({
    data: {
      id: matterId,
      kind: 'ASSISTANCE_CASE',
      number: draft.matterNumber,
      programme,
      countyId,
      procedureVersion: draft.procedureVersion,
      placeId: draft.placeId,
      residenceKind: draft.residenceKind,
      stage: 'APPLIED',
      version: 0,
      title: draft.title,
      memberCount: persons.length,
      stageSince: at,
      createdAt: at,
    },
  })
  await db.matterPerson.createMany({
    data: persons.map((person) => ({ matterId, ...person, programme, exclusive, countyId, open: false })),
  })
}

export async function isDraftWritten(db: Db, matterId: string): Promise<boolean> {
  return (await db.matter.count({ where: { id: matterId } })) > 0
}

/** A number that people can read out, made from the case's id so that a second try finds the same one. */
export async function freeCaseNumber(db: Db, matterId: string, prefix: string): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    const digits = String(Number.parseInt(stableId(matterId, attempt).slice(0, 12), 16) % 100_000_000).padStart(8, '0')
    const matterNumber = `${prefix}${digits}`
    if ((await db.matter.count({ where: { number: matterNumber } })) === 0) return matterNumber
  }
}

/** Numbers of cases, for whoever may know no more of them. */
export async function numbersOfCases(
  db: Db,
  matterIds: readonly string[],
): Promise<{ matterId: string; matterNumber: string }[]> {
  const rows = await db.matter.findMany({
    where: { id: { in: [...matterIds] } },
    select: { id: true, number: true },
    orderBy: { number: 'asc' },
  })
  return rows.map(({ id, number }) => ({ matterId: id, matterNumber: number }))
}

export async function getCaseNumber(db: Db, matterId: string): Promise<string> {
  return (await db.matter.findUniqueOrThrow({ where: { id: matterId }, select: { number: true } })).number
}

/** The case of a number that was read out. */
export async function findCaseByNumber(db: Db, matterNumber: string): Promise<string | null> {
  const row = await db.matter.findUnique({ where: { number: matterNumber }, select: { id: true } })
  return row?.id ?? null
}
