import type { CaseEvent, CaseFact } from '../../../../domain/procedures/assistance-case/facts.ts'
import { blankCase, type CaseState } from '../../../../domain/procedures/assistance-case/state.ts'
import { applyCaseEvent } from '../../../../domain/procedures/assistance-case/case.ts'
import type { CaseCircumstances, CaseLookups } from '../../../../domain/procedures/assistance-case/circumstances.ts'
import type { ActDetails } from '../../../../domain/procedures/assistance-case/details.ts'
import type { Command } from '../../../../domain/matter/acts.ts'
import { judge, permissionFor } from '../../../../domain/matter/judge.ts'
import { handingOn } from '../../../../domain/procedures/assistance-case/limits.ts'
import { desksOf } from '../../../../domain/procedures/assistance-case/desks.ts'
import { assistanceCase } from '../../../../domain/procedures/assistance-case/index.ts'
import type { RefusalCode } from '../../../../domain/procedures/refusals.ts'
import type { ParametersInForce } from '../../../../domain/policy/parameters-in-force.ts'
import { instant, type PlainDate, plainDate } from '../../../../domain/time/plain-date.ts'
import type { Capacity, MatchingSource, PaperKind, Role } from '../../../../domain/vocabulary.ts'
import type { Action } from '../../../../domain/procedures/words.ts'
import { paperKinds, refusalReasons } from '../../../../domain/vocabulary.ts'

export type Person = { officerId: string; role: Role }
const named = (officerId: string, role: Role): Person => ({ officerId, role })

/** The people of one township and its county. */
export const cast = {
  clerk: named('clerk', 'VILLAGE_CLERK'),
  handler: named('handler', 'TOWNSHIP_HANDLER'),
  leader: named('leader', 'TOWNSHIP_LEADER'),
  countyHandler: named('county-handler', 'COUNTY_HANDLER'),
  approver: named('approver', 'COUNTY_APPROVER'),
  supervisor: named('supervisor', 'COUNTY_SUPERVISOR'),
  citySupervisor: named('city-supervisor', 'CITY_SUPERVISOR'),
  finance: named('finance', 'FINANCE_OFFICER'),
  otherFinance: named('other-finance', 'FINANCE_OFFICER'),
}

export const parameters = {
  minInvestigators: () => 2,
  mostHouseholdsOfKeeper: () => 2,
  publicNoticeDays: () => 7,
  confirmationDelegated: () => false,
  reviewMonths: (kind: string) => (kind === 'ANNUAL' ? 12 : 6),
  extensionCauses: () => ['OBJECTION', 'LIVES_AWAY_FROM_HUKOU', 'APPLIED_ELSEWHERE', 'HARD_SURVEY'],
  mostWaitingDays: () => 30,
  pauseRules: () => null,
} as unknown as ParametersInForce

const everyPaper = paperKinds.map((kind: PaperKind) => ({ paperId: `paper-${kind}`, kind, digest: kind }))

/** Details with which each act is in order; a test changes what it is about. */
export const inOrder: ActDetails = {
  SUBMIT: { memberPersonIds: ['p1'], applicantPersonId: 'p1', accountId: 'a1' },
  RESUBMIT: { accountId: 'a1' },
  ACCEPT: {},
  RETURN: { to: 'CORRECTION' },
  BEGIN_SURVEY: { investigatorIds: ['handler', 'clerk'] },
  COMPLETE_SURVEY: { stableIncome: true },
  SIGN_SURVEY: { agrees: true },
  ASK_REGISTERS: {},
  GIVE_OPINION: { agrees: true, assessmentId: 'as1', category: null, unknownSources: [] },
  POST_NOTICE: {},
  HAND_UP: {},
  REVIEW_FILE: { agrees: true, assessmentId: 'as1', category: null, unknownSources: [] },
  VISIT_HOUSEHOLD: {},
  CONFIRM: { assessmentId: 'as1', category: null, unknownSources: [] },
  REFUSE: { assessmentId: 'as1', reasons: ['INCOME_OVER_STANDARD'] },
  SERVE_REFUSAL: {},
  CORRECT_ACCOUNT: { accountId: 'a2' },
  AGREE_ACCOUNT: { accountId: 'a2' },
  EXPLAIN_ACCOUNT: { accountId: 'a1' },
  SETTLE_STATUS: { statusId: 's1', answer: 'REGISTER_WRONG', on: null },
  END_BENEFIT: {},
  PREPARE_PAYMENT: {},
  RELEASE_PAYMENT: {},
  EXTEND: { cause: 'OBJECTION' },
  WITHDRAW: {},
  AWAIT: { waitsFor: 'HOUSEHOLD', throughDay: plainDate('2026-03-12') },
  END_WAITING: {},
  MARK_RISK: { mark: 'COMPLAINT' },
  ASSIGN: { role: 'TOWNSHIP_HANDLER', officerId: 'handler' },
  URGE: { limit: 'TOTAL', run: 1 },
  ISSUE_ORDER: { limit: 'TOTAL', run: 1, officeId: 'office' },
  ANSWER_ORDER: {},
  CLOSE_ORDER: {},
}

/** What the database knows when nothing stands in the way of an act. */
export function lookupsInOrder(parts: ReadonlyMap<string, Capacity>): CaseLookups {
  return {
    assessment: {
      assessmentId: 'as1',
      current: true,
      madeForDay: null,
      favourable: true,
      amountFen: 120_000,
      byPostedRules: null,
      category: null,
      categoryNeeded: false,
    },
    reasonsBorneOut: refusalReasons,
    expiredSources: [],
    totalDueOn: null,
    investigatorsOfTownship: [cast.handler, cast.clerk],
    memberConflict: null,
    preparedBy: [...parts].find(([, capacity]) => capacity === 'PREPARE')?.[0] ?? null,
    accountUse: { households: 0, otherCounty: null, keptHouseholds: 0, agreementMissing: false },
    payeePersonId: 'p1',
    holderGone: false,
    benefitId: 'b1',
    accountDigest: 'digest',
    payment: { digest: 'whole', asSeen: null, differs: [] },
  }
}

/** A case that people act on in memory: judge, fold, and who has taken which part. */
export class ACase {
  state: CaseState = blankCase
  readonly events: CaseEvent[] = []
  readonly parts = new Map<string, Capacity>()
  today: PlainDate = plainDate('2026-03-02')
  /** Of a place where a document lets the township confirm. */
  delegated = false

  /** What the judge says; a permitted act is filed. */
  act<A extends Action>(
    person: Person,
    action: A,
    changes: {
      details?: ActDetails[A]
      circumstances?: Partial<CaseCircumstances>
      versionSeen?: number
      occurredOn?: PlainDate
      inBulk?: true
    } = {},
  ): 'FILED' | RefusalCode {
    const versionSeen = changes.versionSeen ?? this.state.version
    const command = {
      action,
      details: changes.details ?? inOrder[action],
      requestId: 'r',
      versionSeen,
      occurredOn: changes.occurredOn ?? this.today,
      ...(changes.inBulk ? { inBulk: true } : {}),
    } as unknown as Command
    const judgement = judge(assistanceCase, command, this.state, {
      ...this.#circumstances(person, versionSeen),
      ...changes.circumstances,
    })
    if ('refusal' in judgement) return judgement.refusal.code as RefusalCode
    this.file(judgement.fact as CaseFact, command.occurredOn)
    const { capacity } = judgement
    if (capacity !== null && !this.parts.has(person.officerId)) this.parts.set(person.officerId, capacity)
    return 'FILED'
  }

  file(fact: CaseFact, occurredOn: PlainDate = this.today): this {
    const event = {
      ...fact,
      eventId: `e${this.events.length + 1}`,
      seq: this.events.length + 1,
      occurredOn,
      recordedAt: instant(0),
      actor: null,
      cause: { kind: 'PROCEDURE', id: 'test' },
      papers: [],
    } as CaseEvent
    this.events.push(event)
    this.state = applyCaseEvent(this.state, event)
    return this
  }

  matched(
    answers: Partial<Record<MatchingSource, 'FOUND' | 'NONE_FOUND' | 'NO_ANSWER'>> = { TAX: 'NONE_FOUND' },
  ): this {
    const sources = Object.keys(answers) as MatchingSource[]
    this.file({ type: 'MATCHING_REQUESTED', data: { matchingRequestId: 'm1', sources } })
    for (const source of sources) {
      const answer = answers[source] as 'FOUND'
      this.file({
        type: 'MATCHING_ANSWERED',
        data: { matchingRequestId: 'm1', source, answer, answeredAt: instant(0), factIds: [] },
      })
    }
    return this
  }

  submitted(): this {
    this.#must(cast.clerk, 'SUBMIT')
    return this
  }

  accepted(): this {
    this.submitted().#must(cast.handler, 'ACCEPT')
    return this
  }

  surveyed(): this {
    this.accepted().matched()
    this.#must(cast.handler, 'BEGIN_SURVEY')
    this.#must(cast.handler, 'COMPLETE_SURVEY')
    this.#must(cast.clerk, 'SIGN_SURVEY')
    return this
  }

  endorsed(): this {
    this.surveyed().#must(cast.leader, 'GIVE_OPINION')
    return this
  }

  posted(): this {
    this.endorsed().#must(cast.handler, 'POST_NOTICE')
    return this
  }

  noticeEnded(): this {
    return this.posted().file({ type: 'NOTICE_ENDED', data: handingOn(this.delegated) })
  }

  atCounty(): this {
    this.noticeEnded().#must(cast.handler, 'HAND_UP')
    return this
  }

  reviewed(): this {
    this.atCounty().#must(cast.countyHandler, 'REVIEW_FILE')
    return this
  }

  confirmed(): this {
    this.reviewed().#must(cast.approver, 'CONFIRM')
    return this
  }

  #must(person: Person, action: Action): void {
    const answer = this.act(person, action)
    if (answer !== 'FILED') throw new Error(`${action} was refused: ${answer}`)
  }

  #circumstances(person: Person, versionSeen: number): CaseCircumstances {
    return {
      today: this.today,
      officer: {
        ...person,
        officeId: 'office',
        standsInFor: null,
        holdsPost: true,
        coversPlace: true,
        capacityHeld: this.parts.get(person.officerId) ?? null,
        memberOfHousehold: false,
        relativeOfHousehold: false,
        answeredOrder: false,
      },
      parameters: { ...parameters, confirmationDelegated: () => this.delegated },
      papers: everyPaper,
      eventsSinceSeen: this.events.filter(({ seq }) => seq > versionSeen).map(({ type }) => type),
      ...lookupsInOrder(this.parts),
      holders: desksOf(this.state).map(({ role }) => ({ officeId: 'office', role })),
      assigneeMayAct: true,
      orderId: `o${this.state.ordersIssued + 1}`,
      relativeFiled: false,
    }
  }
}

/** The capacity that an act takes, if the case's stage knows the act. */
export function capacityFor(aCase: ACase, action: Action): Capacity | null | undefined {
  return permissionFor(assistanceCase, action, aCase.state)?.capacity
}
