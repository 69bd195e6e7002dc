import { z } from '../../domain/schemas/zod.ts'
import { stableId } from '../../platform/stable-id.ts'
import { agreeToStandIn, endAbsence, enterAbsence } from '../../prisma/stores/staff/absences.ts'
import {
  AbsenceEnd,
  AbsenceEnded,
  AbsenceEntered,
  Absences,
  AbsencesQuery,
  NewAbsence,
  StandInAgreed,
} from './absence-contract.ts'
import { id } from '../http/nouns.ts'
import { route, type Route, type Services } from '../http/route.ts'
import { changeStaffOnce } from './staff-change.ts'
import { absencesView } from './absences-view.ts'

/** Who is away from a post, and who stands in. */
export function absenceRoutes({ archive }: Services): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/absences',
      summary: '登记缺勤和代班',
      policy: 'session',
      audits: { chained: 'staff' },
      body: NewAbsence,
      answer: {
        status: 201,
        schema: AbsenceEntered,
        description: '已登记；代班人员经另一人签字同意后自首日起可在该岗位办理，常设代班人员无需再签',
      },
      handle: async (ask) => {
        const { officerId } = ask.asker
        const absenceId = stableId(officerId, ask.requestId, 'ABSENCE')
        return {
          body: await changeStaffOnce(archive, ask, 'ENTER_ABSENCE', async (tx, by) =>
            enterAbsence(tx, { ...ask.body, absenceId }, by),
          ),
        }
      },
    }),
    route({
      method: 'post',
      path: '/api/absences/{absenceId}/agrees',
      summary: '同意代班',
      policy: 'session',
      audits: { chained: 'staff' },
      params: z.strictObject({ absenceId: id }),
      answer: { status: 200, schema: StandInAgreed, description: '已同意，代班人员自首日起可在该岗位办理' },
      handle: async (ask) => ({
        body: await changeStaffOnce(archive, ask, 'AGREE_STAND_IN', async (tx, by) =>
          agreeToStandIn(tx, ask.params.absenceId, by),
        ),
      }),
    }),
    route({
      method: 'post',
      path: '/api/absences/{absenceId}/ends',
      summary: '提前返岗',
      policy: 'session',
      audits: { chained: 'staff' },
      params: z.strictObject({ absenceId: id }),
      body: AbsenceEnd,
      answer: { status: 200, schema: AbsenceEnded, description: '已结束' },
      handle: async (ask) => ({
        body: await changeStaffOnce(archive, ask, 'END_ABSENCE', async (tx, by) =>
          endAbsence(tx, { ...ask.params, ...ask.body }, by),
        ),
      }),
    }),
    route({
      method: 'get',
      path: '/api/absences',
      summary: '缺勤和代班情况',
      policy: 'session',
      audits: { look: 'READ_STAFF' },
      query: AbsencesQuery,
      answer: { status: 200, schema: Absences, description: '本单位和辖区的缺勤与代班' },
      handle: async ({ asker, query }) => ({ body: await absencesView(archive, asker, query) }),
    }),
  ]
}
