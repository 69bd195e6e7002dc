import { randomUUID } from 'node:crypto'
import type { ActAnswer, ActIntakeInput } from '../../../api/assistance-cases/act-contract.ts'
import type { CaseSearchInput, CasesFound } from '../../../api/matters/search-contract.ts'
import type { CaseView } from '../../../api/assistance-cases/case-contract.ts'
import type { BulkActsInput, BulkPreview, BulkPreviewIntake, BulkResult } from '../../../api/matters/bulk-contract.ts'
import type { PayeeView } from '../../../api/assistance-cases/payee-contract.ts'
import type { ClockView } from '../../../api/clock/clock-contract.ts'
import type { SupervisionItems, SupervisionOrders } from '../../../api/oversight/supervision-contract.ts'
import type { Worklist } from '../../../api/worklist/worklist-contract.ts'
import type { z } from '../../../domain/schemas/zod.ts'
import type { LimitKey } from '../../../domain/matter/limit-keys.ts'
import type { DibaoCategory, EvidenceKind, MatchingSource, RiskMark, Role } from '../../../domain/vocabulary.ts'
import { postId, type SeedPerson, trainingPassword } from '../../../prisma/seed/people.ts'
import { aFile } from '../tiny-files.ts'
import { Counter, SentFile } from '../counter.ts'
import type { Household } from '../household.ts'
import { Refused } from '../refused.ts'

/** A case as the people of the test world hold it: its id, its number, and the household behind it. */
export type CaseInHand = { readonly id: string; readonly number: string; readonly household: Household }

/** How an act is done, where it matters: what the officer had seen, under which request, and on which day in life. */
export type How = { versionSeen?: number; requestId?: string; occurredOn?: string }

/** What goes with a signature besides the name. */
export type Signature = {
  category?: DibaoCategory
  unknownSources?: MatchingSource[]
  opinion?: string
  assessmentId?: string
}

type WithoutVersion<T> = T extends unknown ? Omit<T, 'versionSeen'> : never
export type Act = WithoutVersion<ActIntakeInput>

type Assessed = {
  assessmentId: string
  assessment: {
    eligible: boolean
    monthlyAmountFen: number
    conditions: { label: string; outcome: string; sentence: string }[]
  }
  explanation: string[]
}

/** Somebody at a desk. Signs in when first needed, looks at a case before acting on it. */
export class Officer {
  readonly person: SeedPerson
  protected readonly counter: Counter

  /** @param role says which post, for somebody who holds several. */
  constructor(api: string, person: SeedPerson, role: Role = person.role) {
    this.person = person
    const { staffNumber, office } = person
    this.counter = new Counter(api, { staffNumber, password: trainingPassword, postId: postId({ office, role }) })
  }

  get name(): string {
    return this.person.name
  }

  /** The case as this officer may see it now. */
  async opens(aCase: Pick<CaseInHand, 'id'>): Promise<CaseView> {
    return this.counter.get<CaseView>(`/api/assistance-cases/${aCase.id}`)
  }

  /** The account that money goes to, in full. */
  async seesPayee(aCase: Pick<CaseInHand, 'id'>): Promise<PayeeView> {
    return this.counter.get<PayeeView>(`/api/assistance-cases/${aCase.id}/payee`)
  }

  async seesWorklist(query = ''): Promise<Worklist> {
    return this.counter.get<Worklist>(`/api/worklist${query}`)
  }

  /** Puts their own name to the survey sheet that somebody entered, or says what is not so. */
  async signsSurvey(aCase: CaseInHand, reason?: string, how?: How): Promise<ActAnswer> {
    const said = reason === undefined ? { agrees: true } : { agrees: false, reason }
    return this.acts(aCase, () => ({ action: 'SIGN_SURVEY', ...said }), how)
  }

  /** Cases that this officer finds by one thing. */
  async searches(by: CaseSearchInput): Promise<CasesFound> {
    return this.counter.post<CasesFound>('/api/matter-searches', by)
  }

  async readsClock(): Promise<z.output<typeof ClockView>> {
    return this.counter.get('/api/clock')
  }

  async reads<T>(path: string): Promise<T> {
    return this.counter.get<T>(path)
  }

  async readsPaper(aCase: CaseInHand, paperId: string): Promise<string> {
    return this.counter.getText(`/api/matters/${aCase.id}/papers/${paperId}`)
  }

  /** A photo into the file, for an act to cite. */
  async keepsPhoto(aCase: CaseInHand, name: string, evidenceKind?: EvidenceKind): Promise<string> {
    const file = new SentFile(name, 'image/png', aFile('image/png', name), evidenceKind)
    const { paperId } = await this.counter.postFile<{ paperId: string }>(`/api/matters/${aCase.id}/papers`, file)
    return paperId
  }

  /** A proposal of the rule book, written down so that a signature can rest on it. */
  async assesses(aCase: CaseInHand, category?: DibaoCategory): Promise<Assessed> {
    const body = category === undefined ? {} : { category }
    return this.counter.post<Assessed>(`/api/assistance-cases/${aCase.id}/assessments`, body)
  }

  /**
   * Does an act on what the officer has just seen. News that arrived in between is looked at and the act decided anew,
   * as a person does; with `versionSeen` given, the first answer stands.
   */
  async acts(aCase: CaseInHand, decide: () => Act | Promise<Act>, how: How = {}): Promise<ActAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      const versionSeen = how.versionSeen ?? (await this.opens(aCase)).case.version
      const day = how.occurredOn === undefined ? {} : { occurredOn: how.occurredOn }
      const body = { ...(await decide()), versionSeen, ...day }
      try {
        return await this.counter.post<ActAnswer>(`/api/matters/${aCase.id}/acts`, body, how.requestId ?? randomUUID())
      } catch (error) {
        const overtaken = error instanceof Refused && overtakenCodes.includes(error.code)
        if (!overtaken || how.versionSeen !== undefined || how.requestId !== undefined || attempt === 5) throw error
      }
    }
  }

  /** What this officer's post was reminded of, urged to and shown about a case, newest first. */
  async isShown(aCase: CaseInHand, { open = true } = {}): Promise<SupervisionItems['items']> {
    const query = `?matterId=${aCase.id}&open=${open}&pageSize=100`
    return (await this.counter.get<SupervisionItems>(`/api/supervision-items${query}`)).items
  }

  async acknowledges({ supervisionItemId }: { supervisionItemId: string }, requestId?: string) {
    const path = `/api/supervision-items/${supervisionItemId}/seen`
    return this.counter.post<{ seenAt: string }>(path, {}, requestId)
  }

  async repliesTo({ supervisionItemId }: { supervisionItemId: string }, text: string): Promise<void> {
    await this.counter.post(`/api/supervision-items/${supervisionItemId}/answers`, { text })
  }

  async seesOrders({ open = true } = {}): Promise<SupervisionOrders['orders']> {
    return (await this.counter.get<SupervisionOrders>(`/api/supervision-orders?open=${open}&pageSize=100`)).orders
  }

  async answersOrder(aCase: CaseInHand, text: string, how?: How): Promise<ActAnswer> {
    return this.acts(aCase, () => ({ action: 'ANSWER_ORDER', text }), how)
  }

  /** Urges whoever holds a limit of a case. */
  async urges(aCase: CaseInHand, limit: LimitKey, text?: string, how?: How): Promise<ActAnswer> {
    const words = text === undefined ? {} : { text }
    return this.acts(aCase, async () => ({ action: 'URGE', ...(await this.running(aCase, limit)), ...words }), how)
  }

  async assigns(aCase: CaseInHand, { person }: Officer, how?: How): Promise<ActAnswer> {
    return this.acts(aCase, () => ({ action: 'ASSIGN', role: person.role, officerId: person.id }), how)
  }

  async marks(aCase: CaseInHand, mark: RiskMark, reason: string, how?: How): Promise<ActAnswer> {
    return this.acts(aCase, () => ({ action: 'MARK_RISK', mark, reason }), how)
  }

  /** Which of these cases may be decided together, and which may not. */
  async previews(action: BulkPreviewIntake['action'], cases: readonly CaseInHand[]): Promise<BulkPreview> {
    return this.counter.post('/api/bulk-previews', { action, matterIds: cases.map(({ id }) => id) })
  }

  async actsInBulk(acts: BulkActsInput, requestId: string = randomUUID()): Promise<BulkResult> {
    return this.counter.post('/api/bulk-acts', acts, requestId)
  }

  /** Asks for anything in bulk, also for what is no bulk act. */
  async asksInBulk(body: object): Promise<unknown> {
    return this.counter.post('/api/bulk-acts', body)
  }

  /** The run of a limit that runs now. */
  protected async running(aCase: CaseInHand, limit: LimitKey): Promise<{ limit: LimitKey; run: number }> {
    const { deadlines } = await this.opens(aCase)
    const found = deadlines.find((one) => one.limit === limit && ['OPEN', 'BREACHED'].includes(one.state))
    return { limit, run: found?.run ?? 1 }
  }

  /** Signs a finding on an assessment made for it just before. */
  protected async signs(
    aCase: CaseInHand,
    action: 'GIVE_OPINION' | 'REVIEW_FILE' | 'CONFIRM',
    agrees: boolean,
    { category, unknownSources = [], opinion, assessmentId }: Signature & { opinion: string },
    how?: How,
  ): Promise<ActAnswer> {
    return this.acts(
      aCase,
      async () => {
        const signature = {
          assessmentId: assessmentId ?? (await this.assesses(aCase, category)).assessmentId,
          ...(category === undefined ? {} : { category }),
          unknownSources,
          opinion,
        }
        return action === 'CONFIRM' ? { action, ...signature } : { action, agrees, ...signature }
      },
      how,
    )
  }
}

const overtakenCodes = ['caseChangedSinceSeen', 'assessmentOutdated']
