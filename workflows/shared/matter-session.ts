import { ApplicationFailure, condition, isCancellation, log, TemporalFailure } from '@temporalio/workflow'
import type { FilingAnswer, MatterStatus } from '../../activities/contract.ts'
import { file } from './activities.ts'
import type { ActRequest, ActResult, MatterInput } from './matter-contract.ts'
import { OneAtATime } from './one-at-a-time.ts'
import { RunningDeadline } from './running-deadline.ts'

/** What a workflow says of its procedure: what each stage allows to anybody, and how each duty is met. */
export type Course = {
  actsAt(stage: string): readonly string[]
  duties: Readonly<Record<string, (at: { caseId: string }) => Promise<MatterStatus>>>
}

/** What one run knows of its matter: only the last word of the database, never a fold of its own. */
export class MatterSession {
  readonly #caseId: string
  readonly #startsWithAct: boolean
  readonly #course: Course
  readonly #lock = new OneAtATime()
  readonly #deadline = new RunningDeadline()
  readonly #underWay = new Set<string>()
  /** Duties that a person must unblock; tried again after the next look. */
  readonly #blocked = new Set<string>()
  #status: MatterStatus | null = null
  #toldToLook = false
  #actsUnderWay = 0
  #actsAnswered = 0

  constructor({ caseId, withAct }: MatterInput, course: Course) {
    this.#caseId = caseId
    this.#startsWithAct = withAct === true
    this.#course = course
  }

  /** Refuses at once, without a trace in the history, what the last filing said is not allowed. No lock: two may pass. */
  mayAct({ action }: ActRequest): void {
    if (this.#status === null || this.#status.version === 0) return
    if (this.#course.actsAt(this.#status.stage).includes(action)) return
    const code = this.isOpen ? 'notPermittedAtThisStage' : 'caseClosed'
    throw ApplicationFailure.create({ type: code, message: code, nonRetryable: true })
  }

  async act(request: ActRequest): Promise<ActResult> {
    this.#actsUnderWay += 1
    try {
      return await this.#lock.run(async () => {
        let answer = await this.#file(request)
        while (answer.outcome === 'BEHIND') answer = await this.#file(request)
        this.#actsAnswered += 1
        return tell(answer)
      })
    } finally {
      this.#actsUnderWay -= 1
    }
  }

  noteNews(): void {
    this.#toldToLook = true
  }

  /** Takes what arrived and what time brought, and believes what the database says. */
  async look(): Promise<void> {
    this.#toldToLook = false
    this.#deadline.takeDue()
    this.#blocked.clear()
    try {
      await this.#lock.run(async () => this.#believe(await file.look({ caseId: this.#caseId })))
    } catch (error) {
      if (!isOfAnActivity(error)) throw error
      log.error('A look needs a person')
      this.#deadline.wakeAfter(retryBlockedAfterMs)
    }
  }

  /** Starts what the procedure owes; it goes on beside the acts of people. */
  startDuties(): void {
    for (const duty of this.#owed()) {
      this.#underWay.add(duty)
      void this.#meet(duty)
    }
  }

  async untilSomethingHappens(): Promise<void> {
    await condition(() => !this.isOpen || this.hasNews || this.#owed().length > 0)
  }

  /** A new matter whose first act was refused, or never came, leaves nothing behind. */
  async untilFiledOrRefused(): Promise<void> {
    await condition(() => !this.isDraft || this.#actsAnswered > 0, '1 minute')
    // The database may be away for longer; an act that is still being filed is waited for.
    await condition(() => this.#actsUnderWay === 0)
  }

  get hasNews(): boolean {
    return this.#toldToLook || this.#deadline.isDue
  }

  /**
   * Nothing is filed yet, or nobody has acted on what was opened with many others. Before the database has said so, only a
   * run that carries the first act may think so.
   */
  get isDraft(): boolean {
    if (this.#status === null) return this.#startsWithAct
    return this.#status.version === 0 || this.#status.dormant === true
  }

  get isOpen(): boolean {
    return this.#status === null || this.#status.stage !== 'CLOSED'
  }

  get isIdle(): boolean {
    return this.#underWay.size === 0 && !this.hasNews
  }

  get version(): number {
    return this.#status?.version ?? 0
  }

  /** Null before the database has said anything. */
  get stage(): string | null {
    return this.#status?.stage ?? null
  }

  async #file({ officerId, requestId }: ActRequest): Promise<FilingAnswer> {
    const { version: knownVersion } = this
    const answer = await file.act({ caseId: this.#caseId, officerId, requestId, knownVersion })
    this.#believe(answer.standing)
    return answer
  }

  #believe(status: MatterStatus): void {
    // Activities beside each other may answer out of order; the database's later word stands.
    if (status.version < this.version) return
    this.#status = status
    this.#deadline.wakeAfter(status.wakeAfterMs)
  }

  #owed(): string[] {
    return (this.#status?.duties ?? []).filter((duty) => !this.#underWay.has(duty) && !this.#blocked.has(duty))
  }

  #dutyOf(duty: string): Course['duties'][string] {
    const meet = this.#course.duties[duty]
    if (meet === undefined) throw new Error(`No activity meets the duty ${duty}`)
    return meet
  }

  async #meet(duty: string): Promise<void> {
    try {
      this.#believe(await this.#dutyOf(duty)({ caseId: this.#caseId }))
    } catch (error) {
      if (!isOfAnActivity(error)) throw error
      log.error('A duty needs a person', { duty })
      this.#blocked.add(duty)
      this.#deadline.wakeAfter(retryBlockedAfterMs)
    } finally {
      this.#underWay.delete(duty)
    }
  }
}

const retryBlockedAfterMs = 60 * 60 * 1000

/**
 * An activity failed for good, which only a person can mend. Named failures arrive bare from a local activity and wrapped
 * from the queue, so nothing may depend on more than that it is one of Temporal's.
 */
function isOfAnActivity(error: unknown): boolean {
  return error instanceof TemporalFailure && !isCancellation(error)
}

function tell(answer: Exclude<FilingAnswer, { outcome: 'BEHIND' }>): ActResult {
  const { version } = answer.standing
  return answer.outcome === 'REFUSED'
    ? { outcome: 'REFUSED', code: answer.code, version }
    : { outcome: answer.outcome, version }
}
