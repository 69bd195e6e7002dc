import type { CommonCommand } from './acts.ts'
import { type ActingOfficer, type Circumstances, hasPaper } from './circumstances.ts'
import type { CommonFacts, FactOf } from './facts.ts'
import { limitHolders } from './limit-holders.ts'
import { type Refusal, refuse } from './refusals.ts'
import type { MatterState, OpenOrder } from './state.ts'

/** Watching over a case: urging, orders with an answer to be given, naming who acts, marking it. None moves the case. */
export function judgeSupervision(
  command: CommonCommand,
  state: MatterState,
  circumstances: Circumstances,
): FactOf<CommonFacts> | Refusal {
  switch (command.action) {
    case 'MARK_RISK': {
      const { mark } = command.details
      if (state.riskMarks.includes(mark)) return refuse('alreadyMarked')
      if (!hasPaper(circumstances, 'RISK_NOTE')) return refuse('paperMissing', { paper: 'RISK_NOTE' })
      return { type: 'RISK_MARKED', data: { mark } }
    }
    case 'ASSIGN':
      return judgeAssignment(command, state, circumstances)
    case 'URGE': {
      const { limit, run } = command.details
      if (!runs(command.details, state) || limitHolders[limit] === 'NOBODY')
        return refuse('limitNotRunning', { limit, run })
      const before = state.urged.filter((urged) => urged.limit === limit && urged.run === run)
      return { type: 'URGED', data: { limit, run, number: before.length + 1 } }
    }
    case 'ISSUE_ORDER':
      return judgeOrder(command, state, circumstances)
    case 'ANSWER_ORDER':
      return judgeAnswer(state, circumstances)
    case 'CLOSE_ORDER':
      if (state.order === null) return refuse('noOrderOpen')
      if (isFromAbove(state.order, circumstances.officer)) return refuse('orderFromAbove')
      if (circumstances.officer.answeredOrder) return refuse('ownAnswer')
      if (!hasPaper(circumstances, 'REASON')) return refuse('paperMissing', { paper: 'REASON' })
      return { type: 'ORDER_CLOSED', data: { orderId: state.order.orderId } }
    default:
      return refuse('notPermittedAtThisStage', { stage: state.stage })
  }
}

/** Named is whoever fills the post today and may act in this case; a head names only for desks of the own office. */
function judgeAssignment(
  { details: { role, officerId } }: CommonCommand & { action: 'ASSIGN' },
  state: MatterState,
  { holders, assigneeMayAct, officer }: Circumstances,
): FactOf<CommonFacts> | Refusal {
  const desks = holders.filter((desk) => desk.role === role)
  if (desks.length === 0) return refuse('notOnThisDesk', { role })
  const ownOffice = desks.some(({ officeId }) => officeId === officer.officeId)
  if (officer.role !== 'COUNTY_SUPERVISOR' && !ownOffice) return refuse('notYourOffice')
  if (!assigneeMayAct) return refuse('assigneeMayNotAct')
  const named = state.assignees.find((assignee) => assignee.role === role)
  if (named?.officerId === officerId) return refuse('alreadyAssigned')
  return { type: 'TASK_ASSIGNED', data: { role, officerId } }
}

function judgeOrder(
  { details: { limit, run, officeId } }: CommonCommand & { action: 'ISSUE_ORDER' },
  state: MatterState,
  circumstances: Circumstances,
): FactOf<CommonFacts> | Refusal {
  if (state.order !== null) return refuse('orderOpen', { number: state.order.number })
  if (limit === 'SUPERVISION_ORDER' || !runs({ limit, run }, state)) return refuse('limitNotRunning', { limit, run })
  if (!circumstances.holders.some((desk) => desk.officeId === officeId)) return refuse('addresseeHoldsNothing')
  if (!hasPaper(circumstances, 'SUPERVISION_ORDER')) return refuse('paperMissing', { paper: 'SUPERVISION_ORDER' })
  const { orderId, officer } = circumstances
  const number = state.ordersIssued + 1
  return { type: 'ORDER_ISSUED', data: { orderId, limit, run, number, officeId, issuedAs: officer.role } }
}

function judgeAnswer({ order }: MatterState, circumstances: Circumstances): FactOf<CommonFacts> | Refusal {
  if (order === null) return refuse('noOrderOpen')
  if (order.answered) return refuse('orderAnswered')
  if (order.officeId !== circumstances.officer.officeId) return refuse('notTheAddressee')
  if (!hasPaper(circumstances, 'SUPERVISION_ANSWER')) return refuse('paperMissing', { paper: 'SUPERVISION_ANSWER' })
  return { type: 'ORDER_ANSWERED', data: { orderId: order.orderId } }
}

/** What the city ordered is not for the county to close. */
function isFromAbove({ issuedAs }: OpenOrder, { role }: ActingOfficer): boolean {
  return issuedAs === 'CITY_SUPERVISOR' && role !== 'CITY_SUPERVISOR'
}

function runs({ limit, run }: { limit: string; run: number }, { limits }: MatterState): boolean {
  return limits.some((one) => one.limit === limit && one.run === run && one.stoppedOn === null)
}
