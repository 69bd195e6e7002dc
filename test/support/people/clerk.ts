import { randomUUID } from 'node:crypto'
import type { ActAnswer, NewCaseAnswer } from '../../../api/assistance-cases/act-contract.ts'
import { offices } from '../../../prisma/seed/offices.ts'
import { places } from '../../../prisma/seed/places.ts'
import type { Household } from '../household.ts'
import { type CaseInHand, type How, Officer } from './officer.ts'

/** Takes applications in a village or community and helps the household with them. 村（社区）专干 */
export class Clerk extends Officer {
  /** Everything handed in here, for whoever tidies up. */
  readonly handedIn: CaseInHand[] = []

  async applies(household: Household, requestId: string = randomUUID()): Promise<CaseInHand> {
    const application = await this.fillsIn(household)
    const { matterId, matterNumber } = await this.counter.post<NewCaseAnswer>(
      '/api/assistance-cases',
      application,
      requestId,
    )
    const aCase = { id: matterId, number: matterNumber, household }
    this.handedIn.push(aCase)
    return aCase
  }

  /** Hands in what was asked for; with another household, the application as it should have been. */
  async mends(aCase: CaseInHand, corrected?: Household, how?: How): Promise<ActAnswer> {
    const application = corrected === undefined ? {} : { application: await this.fillsIn(corrected) }
    return this.acts(aCase, () => ({ action: 'RESUBMIT', remark: '材料已补齐。', ...application }), how)
  }

  async withdraws(aCase: CaseInHand, how?: How): Promise<ActAnswer> {
    return this.acts(aCase, () => ({ action: 'WITHDRAW', reason: '申请人外出务工，自愿撤回申请。' }), how)
  }

  private async fillsIn(household: Household) {
    const office = offices.find(({ id }) => id === this.person.office)
    const place = places.find(({ id }) => id === office?.place)
    if (place === undefined) throw new Error(`${this.name} works in no place of the seed`)
    const { today } = await this.readsClock()
    const divisionCode = place.names.at(-1)?.divisionCode ?? ''
    return household.applicationAt({ placeId: place.id, divisionCode, signedOn: today })
  }
}
