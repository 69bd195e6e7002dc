import { setTimeout as pause } from 'node:timers/promises'
import type { CaseView } from '../../api/assistance-cases/case-contract.ts'
import { addDays, plainDate } from '../../domain/time/plain-date.ts'
import type { Stage } from '../../domain/procedures/words.ts'
import { people, type SeedPerson } from '../../prisma/seed/people.ts'
import type { Company, Township } from './company.ts'
import { aHousehold, type Household } from './household.ts'
import { Clerk } from './people/clerk.ts'
import { Approver, CountyHandler, FinanceOfficer } from './people/county.ts'
import type { CaseInHand } from './people/officer.ts'
import { Administrator, Auditor, Supervisor } from './people/supervision.ts'
import { TownshipHandler, TownshipLeader } from './people/township.ts'
import { Bank, MatchingCentre } from './sandbox.ts'
import { casesAt, follow } from './usual-course.ts'

export type WorldUrls = { api: string; matchingCentre: string; bank: string }

/**
 * The world of the tests and of the demonstration: the people of the seed at a running counter, the institutions outside,
 * and the clock. It speaks HTTP and nothing else, so that what it sees is what people see.
 */
export class World implements Company {
  readonly beijie: Township
  readonly dongzhi: Township
  readonly county: { handler: CountyHandler; otherHandler: CountyHandler; approver: Approver; otherApprover: Approver }
  readonly finance: { preparer: FinanceOfficer; releaser: FinanceOfficer }
  /** One person of Dongzhi who holds two posts. */
  readonly inTwoPosts: { asHandler: TownshipHandler; asLeader: TownshipLeader }
  readonly supervisor: Supervisor
  readonly citySupervisor: Supervisor
  readonly auditor: Auditor
  readonly administrator: Administrator
  readonly matchingCentre: MatchingCentre
  readonly bank: Bank
  readonly #seed: string
  #households = 0

  /** @param seed makes the households of this world differ from those of another on the same archive. */
  constructor(urls: WorldUrls, seed: string) {
    const { api } = urls
    const { xifeng, qingyang } = people
    this.#seed = seed
    this.beijie = townshipOf(api, xifeng.beijie)
    this.dongzhi = townshipOf(api, xifeng.dongzhi)
    const [handler, otherHandler] = pair(xifeng.handlers, (person) => new CountyHandler(api, person))
    const [approver, otherApprover] = pair(xifeng.approvers, (person) => new Approver(api, person))
    const [preparer, releaser] = pair(xifeng.financeOfficers, (person) => new FinanceOfficer(api, person))
    this.county = { handler, otherHandler, approver, otherApprover }
    this.finance = { preparer, releaser }
    const [, both] = pair(xifeng.dongzhi.leaders, (person) => person)
    this.inTwoPosts = {
      asHandler: new TownshipHandler(api, both, 'TOWNSHIP_HANDLER'),
      asLeader: new TownshipLeader(api, both, 'TOWNSHIP_LEADER'),
    }
    this.supervisor = new Supervisor(api, only(xifeng.supervisors))
    this.citySupervisor = new Supervisor(api, only(qingyang.supervisors))
    this.auditor = new Auditor(api, only(qingyang.auditors))
    this.administrator = new Administrator(api, only(qingyang.administrators))
    this.matchingCentre = new MatchingCentre(urls.matchingCentre)
    this.bank = new Bank(urls.bank)
  }

  /** The clerk of a village or community, by its short name in the seed. */
  clerk(village: 'beijie' | 'cuigou' | 'beimen'): Clerk {
    const [cuigou, beimen] = this.dongzhi.clerks as [Clerk, Clerk]
    return { beijie: this.beijie.clerk, cuigou, beimen }[village]
  }

  /** A household that no other test has met. */
  aHousehold(): Household {
    this.#households += 1
    return aHousehold(`${this.#seed}/${this.#households}`)
  }

  async today(): Promise<string> {
    return (await this.administrator.readsClock()).today
  }

  /** One case of Beijie, brought to a stage by the people whose turn it is. */
  async aCaseAt(stage: Stage): Promise<CaseInHand> {
    return (await casesAt(this, stage, 1))[0] as CaseInHand
  }

  /** Several cases of Beijie at a stage; the notice period passes once for all of them. */
  async casesAt(stage: Stage, count: number): Promise<CaseInHand[]> {
    return casesAt(this, stage, count)
  }

  /** The same cases at a later stage. */
  async brings(cases: CaseInHand[], { from, to }: { from: Stage; to: Stage }): Promise<void> {
    await follow(this, cases, { from, to })
  }

  async workingDaysPass(workingDays: number): Promise<void> {
    await this.#timePasses({ workingDays })
  }

  async daysPass(days: number): Promise<void> {
    await this.#timePasses({ days })
  }

  /** Until nine in the morning of a day; at once if it has begun. */
  async untilDay(day: string): Promise<void> {
    if ((await this.today()) < day) await this.#timePasses({ targetAt: `${day}T09:00:00+08:00` })
  }

  /** The eve of the first month paid. */
  async eveOfPayment(aCase: CaseInHand): Promise<string> {
    const { benefit } = await this.county.approver.opens(aCase)
    if (benefit === null) throw new Error(`${aCase.number} has no benefit to be paid`)
    return addDays(plainDate(`${benefit.firstMonth}-01`), -1)
  }

  /** The first working day of the first month paid; at once if it has come. */
  async untilPayday(aCase: CaseInHand): Promise<void> {
    const eve = await this.eveOfPayment(aCase)
    await this.untilDay(eve)
    if ((await this.today()) === eve) await this.workingDaysPass(1)
  }

  /** Until an instant has passed by a minute; at once if it has. */
  async untilAfter(instant: string): Promise<void> {
    const after = new Date(Date.parse(instant) + 60_000).toISOString()
    if ((await this.administrator.readsClock()).now < after) await this.#timePasses({ targetAt: after })
  }

  /** Until the procedure has brought the case to a stage. Time does not pass by itself; only what is under way ends. */
  async untilStage(aCase: CaseInHand, stage: Stage): Promise<CaseView> {
    return this.untilCase(aCase, ({ case: { stage: now } }) => now === stage, `stands at ${stage}`)
  }

  /** Until every register has answered, or has said that it cannot. */
  async untilMatched(aCase: CaseInHand): Promise<CaseView> {
    const answered = ({ matching }: CaseView) =>
      matching !== null && matching.answers.every(({ answer }) => answer !== 'PENDING')
    return this.untilCase(aCase, answered, 'is answered by every register')
  }

  /** Until the county's handler sees the case so; gives up after half a minute and says how it stood. */
  async untilCase(aCase: CaseInHand, holds: (view: CaseView) => boolean, what: string): Promise<CaseView> {
    const giveUpAt = Date.now() + 30_000
    for (;;) {
      const view = await this.county.handler.opens(aCase)
      if (holds(view)) return view
      if (Date.now() > giveUpAt) throw new Error(`${aCase.number} never ${what}: ${describe(view)}`)
      await pause(100)
    }
  }

  /** Withdraws what this world left open: an open case is one more that every later move of the clock stops for. */
  async tidiesUp(): Promise<void> {
    for (const clerk of [...this.beijie.clerks, ...this.dongzhi.clerks]) {
      for (const aCase of clerk.handedIn.splice(0)) {
        const { allowedActions } = await clerk.opens(aCase)
        if (allowedActions.includes('WITHDRAW')) await clerk.withdraws(aCase)
      }
    }
  }

  async #timePasses(move: Parameters<Administrator['movesClock']>[0]): Promise<void> {
    await this.administrator.movesClock(move)
  }
}

function townshipOf(
  api: string,
  { clerks, handlers, leaders }: { clerks: SeedPerson[]; handlers: SeedPerson[]; leaders: SeedPerson[] },
): Township {
  const staffed = clerks.map((person) => new Clerk(api, person))
  const [handler, otherHandler] = pair(handlers, (person) => new TownshipHandler(api, person))
  const [leader, otherLeader] = pair(leaders, (person) => new TownshipLeader(api, person))
  return { clerk: staffed[0] as Clerk, clerks: staffed, handler, otherHandler, leader, otherLeader }
}

function pair<T>(staff: readonly SeedPerson[], make: (person: SeedPerson) => T): [T, T] {
  return [make(staff[0] as SeedPerson), make(staff[1] as SeedPerson)]
}

function only(staff: readonly SeedPerson[]): SeedPerson {
  return staff[0] as SeedPerson
}

function describe({ case: { stage, version }, matching, payment }: CaseView): string {
  const answers = matching?.answers.map(({ source, answer }) => `${source} ${answer}`).join(', ') ?? 'not asked'
  return `stage ${stage}, version ${version}, matching ${answers}, payment ${payment?.state ?? 'none'}`
}
