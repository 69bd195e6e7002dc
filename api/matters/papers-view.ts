import { evidenceKindLabels, paperKindLabels } from '../../domain/labels.ts'
import type { EvidenceKind, Role } from '../../domain/vocabulary.ts'
import type { CaseReading } from '../../prisma/stores/matter/case-reading.ts'
import { readPapersOfCase } from '../../prisma/stores/matter/paper-files.ts'
import { namesOfOfficers } from '../../prisma/stores/staff/staff.ts'
import type { CaseView } from '../assistance-cases/case-contract.ts'
import { factLabels } from '../../domain/procedures/words.ts'
import { includesRole, paperReaders } from '../http/roles.ts'

/** The papers of a case that a role may open, with the acts that rest on them; a file counts before any act cites it. */
export async function papersView({ db, row, events }: CaseReading, role: Role): Promise<CaseView['papers']> {
  const papers = (await readPapersOfCase(db, row.id)).filter(({ kind }) => includesRole(paperReaders[kind], role))
  const names = await namesOfOfficers(
    db,
    papers.map(({ writtenBy }) => writtenBy),
  )
  return papers.map(({ paperId, kind, evidenceKind, title, fileName, contentType, writtenBy, writtenAt }) => ({
    paperId,
    kind,
    kindLabel: paperKindLabels[kind],
    evidenceKind,
    evidenceKindLabel: evidenceKind === null ? null : evidenceKindLabels[evidenceKind satisfies EvidenceKind],
    title,
    fileName,
    contentType,
    writtenByName: names.get(writtenBy) ?? '',
    writtenAt,
    citedBy: events
      .filter((event) => event.papers.some((cited) => cited.paperId === paperId))
      .map(({ eventId, type }) => ({ eventId, label: factLabels[type] })),
  }))
}
