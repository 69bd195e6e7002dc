import { auditResultLabels, auditSourceLabels, roleLabels } from '../../domain/labels.ts'
import { instantText } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { addDays, dayOf, startOf } from '../../domain/time/plain-date.ts'
import type { AuditResult } from '../../domain/vocabulary.ts'
import type { Archive } from '../../prisma/client.ts'
import { type AuditLine, searchAudit } from '../../prisma/stores/system/audit-search.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { numbersOfCases } from '../../prisma/stores/matter/new-cases.ts'
import { officesInArea } from '../../prisma/stores/staff/offices.ts'
import { readRecusedCases } from '../../prisma/stores/matter/recusals.ts'
import { placesInScope } from '../../prisma/stores/matter/scope.ts'
import { namesOfOfficers, namesOfOffices } from '../../prisma/stores/staff/staff.ts'
import type { AuditLines, AuditQuery } from './audit-contract.ts'
import type { Asker } from '../http/identity.ts'
import { auditKindLabel } from './audit-kind-label.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'

const Mark = z.strictObject({ at: instantText, lineId: z.string() })

/** One page of what was done and looked at in the auditor's area. */
export async function auditLinesView({ db }: Archive, asker: Asker, query: AuditQuery): Promise<AuditLines> {
  const { officerId, matterId, kind, result, from, through, pageSize } = query
  const today = dayOf(await readClock(db))
  const offices = await officesInArea(db, asker.officeId, today)
  const area = {
    officeIds: offices.map(({ officeId }) => officeId),
    placeIds: await placesInScope(db, asker.officeId, today),
  }
  const rows = await searchAudit(db, {
    area,
    recusedMatterIds: await readRecusedCases(db, asker.officerId, today),
    officerId,
    matterId,
    kind,
    result,
    from: from === undefined ? undefined : startOf(from),
    until: through === undefined ? undefined : startOf(addDays(through, 1)),
    after: readCursor(Mark, query.cursor),
    take: pageSize + 1,
  })
  const page = rows
    .slice(0, pageSize)
    .map((line) => (line.caseInArea || line.matterId === null ? line : withoutCase(line)))
  const known = (ids: readonly (string | null)[]) => ids.filter((each) => each !== null)
  const officers = await namesOfOfficers(db, known(page.map((line) => line.officerId)))
  const officeNames = await namesOfOffices(db, known(page.map((line) => line.officeId)))
  const cases = await numbersOfCases(db, known(page.map((line) => line.matterId)))
  const numbers = new Map(cases.map((each) => [each.matterId, each.matterNumber]))
  const last = page.at(-1)
  return {
    items: page.map(({ role, officeId, officerId: by, ...line }) => ({
      ...line,
      sourceLabel: auditSourceLabels[line.source],
      kindLabel: auditKindLabel(line.kind),
      result: line.result as AuditResult,
      resultLabel: auditResultLabels[line.result as AuditResult],
      officer: by === null ? null : { officerId: by, name: officers.get(by) ?? '' },
      officeName: officeId === null ? null : (officeNames.get(officeId) ?? null),
      roleLabel: role === null ? null : roleLabels[role],
      matterNumber: line.matterId === null ? null : (numbers.get(line.matterId) ?? null),
    })),
    nextCursor: rows.length > page.length && last ? writeCursor({ at: last.at, lineId: last.lineId }) : null,
  }
}

/** Who tried a case of another area is told, and not which. */
function withoutCase(line: AuditLine): AuditLine {
  return { ...line, matterId: null, subject: null }
}
