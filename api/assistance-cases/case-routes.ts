import { waitedForOn } from '../../domain/time/charged-days.ts'
import { explainDeadline } from '../../domain/time/deadline.ts'
import { z } from '../../domain/schemas/zod.ts'
import { plainDate } from '../../domain/schemas/nouns.ts'
import { readCase } from '../../prisma/stores/matter/case-reading.ts'
import { findDeadline } from '../../prisma/stores/matter/case-status.ts'
import { readDeadlineMoves } from '../../prisma/stores/matter/deadline-moves.ts'
import { getCaseNumber } from '../../prisma/stores/matter/new-cases.ts'
import { handOver } from '../matters/deliver.ts'
import { faultsOfIntake } from './intake-faults.ts'
import { warningsOfIntake } from './intake-warnings.ts'
import { receiveApplication } from './receive-application.ts'
import { ApplicationIntake, NewCaseAnswer } from './act-contract.ts'
import { CaseView, DeadlineParams, DeadlineStrip } from './case-contract.ts'
import { id } from '../http/nouns.ts'
import { caseNotThere, fault } from '../http/problem.ts'
import { caseReadingRoles, intakeRoles } from '../http/roles.ts'
import { route, type Route, type Services } from '../http/route.ts'
import { caseView } from './case-view.ts'
import { deadlineView } from '../matters/deadline-view.ts'

/** Cases: handing one in, and looking at one. */
export function caseRoutes({ archive, desk }: Services): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/assistance-cases',
      summary: '提交申请',
      policy: intakeRoles,
      audits: { chained: 'case' },
      query: z.strictObject({ appliedOn: plainDate.optional() }),
      body: ApplicationIntake,
      answer: { status: 201, schema: NewCaseAnswer, description: '已提交' },
      faults: ({ asker, body, query }) => faultsOfIntake(archive, asker, { intake: body, appliedOn: query.appliedOn }),
      handle: async (ask) => {
        const { officerId } = ask.asker
        const matterId = await receiveApplication(archive, ask, ask.query.appliedOn)
        const { requestId } = ask
        const { version } = await handOver({ archive, desk }, { matterId, action: 'SUBMIT', officerId, requestId })
        // By the day of the declaration: sent again later, it is told the same.
        const warnings = warningsOfIntake(ask.body, ask.body.consents.signedOn)
        return { body: { matterId, matterNumber: await getCaseNumber(archive.db, matterId), version, warnings } }
      },
    }),
    route({
      method: 'get',
      path: '/api/assistance-cases/{matterId}',
      summary: '案件详情',
      policy: caseReadingRoles,
      audits: { look: 'READ_CASE' },
      params: z.strictObject({ matterId: id }),
      answer: { status: 200, schema: CaseView, description: '案件详情' },
      handle: async ({ asker, params }) => {
        const body = await readCase(archive, { ...params, asker }, (reading) => caseView(reading, asker))
        if (body === null) throw caseNotThere()
        return { body }
      },
    }),
    route({
      method: 'get',
      path: '/api/matters/{matterId}/deadlines/{limit}/{run}',
      summary: '时限逐日说明',
      policy: caseReadingRoles,
      audits: { look: 'READ_CASE' },
      params: DeadlineParams,
      answer: { status: 200, schema: DeadlineStrip, description: '到期日的逐日计算' },
      handle: async ({ asker, params }) => {
        const body = await readCase(archive, { ...params, asker }, async ({ db, ruleBook, placeChain, today }) => {
          const deadline = await findDeadline(db, params)
          if (deadline === null) throw fault('notFound')
          const { kind, amount, startedOn: from, dueOn: dueDay, waits } = deadline
          // Counted by the calendar that the date rests on: what was missed by an earlier one stays where it fell.
          const calendar = ruleBook.calendarFor(placeChain, deadline.calendarVersion)
          const standstills = waits.filter(({ paused }) => paused)
          const days = explainDeadline({ from, limit: { kind, amount, dueDay }, calendar, standstills })
          const moves = await readDeadlineMoves(db, params.matterId)
          return {
            deadline: deadlineView(deadline, { moves, today, calendar }),
            days: days.map((day) => ({ ...day, chargedTo: day.counted ? waitedForOn(day.day, waits) : null })),
          }
        })
        if (body === null) throw caseNotThere()
        return { body }
      },
    }),
  ]
}
