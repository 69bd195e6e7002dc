import type { PlainDate } from '../time/plain-date.ts'
import { commonSteps } from './common-steps.ts'
import type { MatterEvent } from './facts.ts'
import type { Procedure } from './procedure.ts'
import type { MatterState } from './state.ts'
import { followWaits } from './waits.ts'

/** What a fold has to know of a procedure. */
export type Course = Pick<Procedure, 'blank' | 'steps' | 'news' | 'waitedFor'>

/** The present state of a matter: the one fold that filing, API and screen share. */
export function fold(course: Course, events: readonly MatterEvent[]): MatterState {
  return events.reduce((state, event) => applyEvent(course, state, event), course.blank)
}

/** The state after one more event. */
export function applyEvent(course: Course, state: MatterState, event: MatterEvent): MatterState {
  const isNews = event.type in commonSteps || course.news.includes(event.type)
  const lastActOn = isNews ? state.lastActOn : later(state.lastActOn, event.occurredOn)
  const step = stepOf(course, event.type)
  const after = step({ ...state, version: event.seq, lastActOn }, event)
  const waiting = followWaits(state, after, { wanted: course.waitedFor(after), on: event.occurredOn })
  return followStage(state, waiting)
}

/** An event that neither the procedure nor every matter knows would be one that a later release filed. */
function stepOf({ steps }: Course, type: string): (state: MatterState, event: MatterEvent) => MatterState {
  const step = steps[type] ?? (commonSteps as Procedure['steps'])[type]
  if (step === undefined) throw new Error(`No step for the event ${type}`)
  return step
}

/** Who was named for a desk was named for the work that lay there. */
function followStage(before: MatterState, after: MatterState): MatterState {
  return before.stage === after.stage || after.assignees.length === 0 ? after : { ...after, assignees: [] }
}

function later(one: PlainDate | null, other: PlainDate): PlainDate {
  return one !== null && one > other ? one : other
}
