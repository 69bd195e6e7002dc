import type { CommonFacts, EventOf } from './facts.ts'
import { isRegistered, type MatterState, start, stop } from './state.ts'

type Step<T extends keyof CommonFacts> = (state: MatterState, event: EventOf<Pick<CommonFacts, T>>) => MatterState

/** What each common fact makes of a matter. None of them moves it to another stage. */
export const commonSteps: { [T in keyof CommonFacts]: Step<T> } = {
  LIMIT_BREACHED: (state, { data: { limit, run } }) => ({
    ...state,
    breached: [...state.breached, { limit, run }],
    climbed: [...state.climbed, { limit, run, rung: 'URGING' }],
  }),

  WAITING_BEGUN: (state, { data, occurredOn }) => {
    const { waitsFor, throughDay, pausedLimits } = data
    const wait = { waitsFor, from: occurredOn, through: throughDay, pausedLimits, registered: true }
    return { ...state, waits: [...state.waits, wait] }
  },

  WAITING_ENDED: (state, { occurredOn }) => ({
    ...state,
    waits: state.waits.map((wait) => (isRegistered(wait, occurredOn) ? { ...wait, through: occurredOn } : wait)),
  }),

  RISK_MARKED: (state, { data }) => ({ ...state, riskMarks: [...state.riskMarks, data.mark] }),

  TASK_ASSIGNED: (state, { data: { role, officerId } }) => ({
    ...state,
    assignees: [...state.assignees.filter((named) => named.role !== role), { role, officerId }],
  }),

  SUPERVISION_RAISED: (state, { data }) => ({ ...state, climbed: [...state.climbed, data] }),

  URGED: (state, { data: { limit, run } }) => ({ ...state, urged: [...state.urged, { limit, run }] }),

  ORDER_ISSUED: (state, { data: { orderId, number, officeId, issuedAs }, occurredOn }) => ({
    ...start(state, occurredOn, 'SUPERVISION_ORDER'),
    order: { orderId, number, officeId, issuedAs, answered: false },
    ordersIssued: number,
  }),

  ORDER_ANSWERED: (state, { occurredOn }) => ({
    ...stop(state, occurredOn, 'SUPERVISION_ORDER'),
    order: state.order === null ? null : { ...state.order, answered: true },
  }),

  ORDER_CLOSED: (state, { occurredOn }) => ({ ...stop(state, occurredOn, 'SUPERVISION_ORDER'), order: null }),
}
