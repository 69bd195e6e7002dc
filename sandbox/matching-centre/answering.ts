import { randomUUID } from 'node:crypto'
import type { CallbackPost } from '../shared/callback-post.ts'
import type { FaultPlan } from '../shared/fault-plan.ts'
import type { Timers } from '../shared/timers.ts'
import type { WorldClock } from '../shared/world-clock.ts'
import type { BookedRequest, CentreBook } from './book.ts'
import { type CentreFaults, sourceDelayMs } from './centre-faults.ts'
import type { Source, SourceAnswer } from './messages.ts'
import { answerFromRegister } from './register.ts'

const shelfLifeDays = 90

/** What the centre does behind its counter: it asks the sources and passes on what they say. */
export interface Answering {
  /** Sets a timer for each source of this request that has something to say. */
  schedule(booked: BookedRequest): void
  /** Takes up what is open in the book. */
  resume(): void
  /** Lets every source that is not silent answer now. Resolves when the customer was called once for each. */
  answerAll(booked: BookedRequest): Promise<void>
}

/** Opens the answering of the requests in `book`. */
export function createAnswering(input: {
  book: CentreBook
  plan: FaultPlan<CentreFaults>
  post: CallbackPost<SourceAnswer>
  timers: Timers
  clock: WorldClock
}): Answering {
  const { book, plan, post, timers, clock } = input

  const scheduleSource = (booked: BookedRequest, source: Source) => {
    const due = booked.due.get(source)
    if (due === undefined) return
    timers.after(due - Date.now(), async () => {
      // A second timer may be running for the same answer: whoever comes first gives it.
      if (booked.due.get(source) === due) await answer(booked, source)
    })
  }

  const schedule = (booked: BookedRequest) => {
    for (const source of booked.due.keys()) scheduleSource(booked, source)
  }

  const answer = async (booked: BookedRequest, source: Source): Promise<void> => {
    const { silentFrom, noAnswerFrom, noAnswerFirstFrom } = plan.current().faults
    if (silentFrom.includes(source)) return
    const first = booked.answers.every((given) => given.source !== source)
    const answersLater = first && noAnswerFirstFrom.includes(source)
    const withheld = answersLater || noAnswerFrom.includes(source)
    const content = withheld ? ({ answer: 'NO_ANSWER', items: [] } as const) : findings(booked, source)
    const callback: SourceAnswer = {
      callbackId: `match_${randomUUID()}`,
      requestId: booked.request.requestId,
      source,
      answer: content.answer,
      items: [...content.items],
      answeredAt: clock.instant(),
      validUntil: clock.day(shelfLifeDays),
    }
    const againDueAt = Date.now() + sourceDelayMs(plan.current(), source, 0)
    const at = new Date().toISOString()
    await book.record({ kind: 'answered', at, callback, ...(answersLater && { againDueAt }) })
    scheduleSource(booked, source)
    await tell(callback)
  }

  const findings = ({ request }: BookedRequest, source: Source) =>
    answerFromRegister({ request, source, register: book.register, today: clock.day() })

  const tell = async (callback: SourceAnswer): Promise<void> => {
    const { callbackId, requestId, source } = callback
    const about = `${requestId}/${source}`
    if (plan.strikes('lostCallback', about)) {
      return book.record({ kind: 'callbackLost', at: new Date().toISOString(), callbackId })
    }
    return post.send(callback, {
      lateMs: plan.lateMs(about),
      twice: plan.strikes('doubleCallback', about),
      outOfOrder: plan.strikes('outOfOrderCallback', about),
    })
  }

  return {
    schedule,
    resume() {
      for (const booked of book.requests.values()) schedule(booked)
    },
    async answerAll(booked) {
      await Promise.all([...booked.due.keys()].map((source) => answer(booked, source)))
    },
  }
}
