import type { CaseEvent } from '../../domain/procedures/assistance-case/facts.ts'
import { paperKindLabels } from '../../domain/labels.ts'
import { dayOf } from '../../domain/time/plain-date.ts'
import type { CaseReading } from '../../prisma/stores/matter/case-reading.ts'
import { findActsOfKin } from '../../prisma/stores/oversight/late-filings.ts'
import { namesOfOfficers, namesOfOffices } from '../../prisma/stores/staff/staff.ts'
import type { CaseView } from '../assistance-cases/case-contract.ts'
import { factLabels } from '../../domain/procedures/words.ts'
import type { Asker } from '../http/identity.ts'
import { includesRole, paperReaders, riskReadingRoles } from '../http/roles.ts'

type Entry = CaseView['timeline'][number]

/** The history of a case as people read it: who did what, when in life and when it was typed in, resting on what. */
export async function timelineOf({ db, row, events }: CaseReading, asker: Asker): Promise<Entry[]> {
  const readsRisks = includesRole(riskReadingRoles, asker.role)
  const ofKin = readsRisks ? await findActsOfKin(db, row.id) : new Set<string>()
  const actors = events.flatMap(({ actor }) => actor ?? [])
  const officers = await namesOfOfficers(
    db,
    actors.flatMap(({ officerId, standsInFor }) => (standsInFor === null ? [officerId] : [officerId, standsInFor])),
  )
  const offices = await namesOfOffices(
    db,
    actors.map(({ officeId }) => officeId),
  )
  const shown = events.filter(({ type }) => type !== 'RISK_MARKED' || readsRisks)
  return shown.map(({ seq, eventId, type, occurredOn, recordedAt, actor, papers }) => ({
    seq,
    eventId,
    type,
    label: factLabels[type],
    occurredOn,
    recordedAt,
    actorName: actor === null ? null : (officers.get(actor.officerId) ?? null),
    standsInForName: actor?.standsInFor ? (officers.get(actor.standsInFor) ?? null) : null,
    role: actor?.role ?? null,
    capacity: actor?.capacity ?? null,
    officeName: actor === null ? null : (offices.get(actor.officeId) ?? null),
    byRecused: ofKin.has(eventId),
    lateEntry: actor !== null && dayOf(recordedAt) > occurredOn,
    papers: readablePapers(papers, asker),
  }))
}

function readablePapers(papers: CaseEvent['papers'], { role }: Asker): Entry['papers'] {
  return papers
    .filter(({ kind }) => includesRole(paperReaders[kind], role))
    .map(({ paperId, kind }) => ({ paperId, kind, kindLabel: paperKindLabels[kind] }))
}
