import { isOpen } from '../../domain/matter/state.ts'
import { refuse } from '../../domain/matter/refusals.ts'
import { z } from '../../domain/schemas/zod.ts'
import { stableId } from '../../platform/stable-id.ts'
import { type AssessmentAsked, getSignedAssessment } from '../../prisma/stores/household/assessments.ts'
import { type CaseReading, readCase } from '../../prisma/stores/matter/case-reading.ts'
import { keepPaper } from '../../prisma/stores/matter/papers.ts'
import { auditPaper } from '../matters/audit-paper.ts'
import { AssessmentQuery, LiveAssessment, NewAssessment, StoredAssessment } from './assessment-contract.ts'
import { id } from '../http/nouns.ts'
import { auditRecusal } from '../matters/audit-recusal.ts'
import { refuseClosed } from '../matters/refuse-closed.ts'
import { once } from '../http/once.ts'
import { caseNotThere, refusal } from '../http/problem.ts'
import { assessingRoles } from '../http/roles.ts'
import { route, type Route, type Services } from '../http/route.ts'
import { assessNow, explainWithNames } from './assessment-views.ts'

/** What the rules propose: to look at, or stored to be signed for. */
export function assessmentRoutes({ archive }: Services): Route[] {
  const params = z.strictObject({ matterId: id })
  return [
    route({
      method: 'get',
      path: '/api/assistance-cases/{matterId}/assessment',
      summary: '试算',
      policy: assessingRoles,
      audits: { look: 'TRY_ASSESSMENT' },
      params,
      query: AssessmentQuery,
      answer: { status: 200, schema: LiveAssessment, description: '按现有信息的核算建议，不保存' },
      handle: async ({ asker, params: { matterId }, query }) => {
        const body = await readCase(archive, { matterId, asker }, async (reading) => {
          if (!isOpen(reading.state)) throw refusal(refuse('caseClosed'))
          const { assessment } = await assessNow(reading, askedOf(query, reading))
          return { assessment, explanation: await explainWithNames(reading, assessment) }
        })
        if (body === null) throw caseNotThere()
        return { body }
      },
    }),
    route({
      method: 'post',
      path: '/api/assistance-cases/{matterId}/assessments',
      summary: '核算',
      policy: assessingRoles,
      audits: { chained: 'case' },
      params,
      body: NewAssessment,
      answer: { status: 201, schema: StoredAssessment, description: '已保存的核算建议' },
      handle: async (ask) => {
        const { asker, requestId, body } = ask
        const { matterId } = ask.params
        const assessmentId = stableId(asker.officerId, requestId, 'ASSESSMENT')
        const action = 'ASSESS'
        const made = await auditRecusal(archive, { asker, matterId, action }, async () =>
          readCase(archive, { matterId, asker }, async (reading) => ({
            paper: await assessNow(reading, askedOf(body, reading)),
            row: reading.row,
            writtenAt: reading.now,
          })),
        )
        if (made === null) throw caseNotThere()
        await once(archive, ask, { action, matterId }, async (db) => {
          await refuseClosed(db, matterId)
          const paper = await keepPaper(
            { db, cipher: archive.cipher },
            {
              paperId: assessmentId,
              matterId,
              countyId: made.row.countyId,
              kind: 'ASSESSMENT',
              writtenAt: made.writtenAt,
              body: JSON.stringify(made.paper),
              contentType: 'application/json',
              writtenBy: asker.officerId,
            },
          )
          await auditPaper(db, { action: 'ASSESS', asker, row: made.row, paper })
          return { assessmentId }
        })
        return { body: await storedAssessment(matterId, assessmentId, ask.asker) }
      },
    }),
  ]

  async function storedAssessment(
    matterId: string,
    assessmentId: string,
    asker: Parameters<typeof readCase>[1]['asker'],
  ) {
    return readCase(archive, { matterId, asker }, async (reading) => {
      const { assessment } = await getSignedAssessment(reading, matterId, assessmentId)
      return { assessmentId, assessment, explanation: await explainWithNames(reading, assessment) }
    })
  }
}

/** For an act of a day on which it can have happened. @throws the refusal that the act itself would meet */
function askedOf({ category, occurredOn: on }: NewAssessment, { state, today }: CaseReading): AssessmentAsked {
  if (on !== undefined && on > today) throw refusal(refuse('occurredInTheFuture', { today }))
  const { lastActOn } = state
  if (on !== undefined && lastActOn !== null && on < lastActOn)
    throw refusal(refuse('occurredBeforeLastStep', { lastActOn }))
  return { category: category ?? null, on }
}
