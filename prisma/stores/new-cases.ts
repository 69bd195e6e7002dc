import type { Instant } from '../../domain/time/plain-date.ts'
import type { Programme, Relation, ResidenceKind } from '../../domain/vocabulary.ts'
import { stableId } from '../../platform/stable-id.ts'
import type { Db } from '../client.ts'
import { rowOfInstant } from './rows.ts'

/** A case before its first act is filed: nobody sees it, and nothing follows from it. */
export type Draft = {
  caseId: string
  caseNumber: string
  programme: Programme
  procedureVersion: string
  placeId: string
  countyId: string
  residenceKind: ResidenceKind
  headName: string
  persons: readonly { personId: string; relation: Relation; counts: boolean; nameIndex?: Uint8Array<ArrayBuffer> }[]
  now: Instant
}

export async function writeDraft(db: Db, draft: Draft): Promise<void> {
  const { caseId, programme, countyId, persons } = draft
  const at = rowOfInstant(draft.now)
  await db.assistanceCase.create({
    data: {
      id: caseId,
      caseNumber: draft.caseNumber,
      programme,
      countyId,
      procedureVersion: draft.procedureVersion,
      placeId: draft.placeId,
      residenceKind: draft.residenceKind,
      stage: 'APPLIED',
      version: 0,
      headName: draft.headName,
      memberCount: persons.length,
      stageSince: at,
      createdAt: at,
    },
  })
  await db.casePerson.createMany({
    data: persons.map((person) => ({ caseId, ...person, programme, countyId, open: false })),
  })
}

export async function isDraftWritten(db: Db, caseId: string): Promise<boolean> {
  return (await db.assistanceCase.count({ where: { id: caseId } })) > 0
}

/** A number that people can read out, made from the case's id so that a second try finds the same one. */
export async function freeCaseNumber(db: Db, caseId: string, prefix: string): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    const digits = String(Number.parseInt(stableId(caseId, attempt).slice(0, 12), 16) % 100_000_000).padStart(8, '0')
    const caseNumber = `${prefix}${digits}`
    if ((await db.assistanceCase.count({ where: { caseNumber } })) === 0) return caseNumber
  }
}

/** Numbers of cases, for whoever may know no more of them. */
export async function numbersOfCases(
  db: Db,
  caseIds: readonly string[],
): Promise<{ caseId: string; caseNumber: string }[]> {
  const rows = await db.assistanceCase.findMany({
    where: { id: { in: [...caseIds] } },
    select: { id: true, caseNumber: true },
    orderBy: { caseNumber: 'asc' },
  })
  return rows.map(({ id, caseNumber }) => ({ caseId: id, caseNumber }))
}

export async function getCaseNumber(db: Db, caseId: string): Promise<string> {
  return (await db.assistanceCase.findUniqueOrThrow({ where: { id: caseId }, select: { caseNumber: true } })).caseNumber
}

/** The case of a number that was read out. */
export async function findCaseByNumber(db: Db, caseNumber: string): Promise<string | null> {
  const row = await db.assistanceCase.findUnique({ where: { caseNumber }, select: { id: true } })
  return row?.id ?? null
}
