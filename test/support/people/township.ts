import type { AccountKind, StatusAnswer } from '../../../domain/vocabulary.ts'
import type { ActAnswer, ActIntakeInput } from '../../../api/assistance-cases/act-contract.ts'
import type { ExtensionCause, WaitedForParty } from '../../../domain/vocabulary.ts'
import type { CaseStage } from '../../../domain/procedures/assistance-case/words.ts'
import { type CaseInHand, type How, Officer, type Signature } from './officer.ts'

type Service = Extract<ActIntakeInput, { action: 'SERVE_REFUSAL' }>['service']
type SurveySheet = Extract<ActIntakeInput, { action: 'COMPLETE_SURVEY' }>['surveySheet']

/** Accepts, surveys, posts notices and serves letters. 乡镇（街道）经办人 */
export class TownshipHandler extends Officer {
  async accepts(aCase: CaseInHand, how?: How): Promise<ActAnswer> {
    return this.acts(aCase, () => ({ action: 'ACCEPT' }), how)
  }

  async returns(aCase: CaseInHand, mendingList: string[], how?: How): Promise<ActAnswer> {
    return this.acts(aCase, () => ({ action: 'RETURN', to: 'CORRECTION', mendingList }), how)
  }

  async withdraws(aCase: CaseInHand, how?: How): Promise<ActAnswer> {
    return this.acts(aCase, () => ({ action: 'WITHDRAW', reason: '申请人书面要求撤回申请。' }), how)
  }

  async beginsSurvey(aCase: CaseInHand, companions: readonly Officer[], how?: How): Promise<ActAnswer> {
    const investigatorIds = [this, ...companions].map(({ person }) => person.id)
    return this.acts(aCase, () => ({ action: 'BEGIN_SURVEY', investigatorIds }), how)
  }

  async completesSurvey(
    aCase: CaseInHand,
    found: Partial<SurveySheet> & { stableIncome?: boolean } = {},
    how?: How,
  ): Promise<ActAnswer> {
    const { stableIncome = true, ...sheet } = found
    const { today } = await this.readsClock()
    const surveySheet: SurveySheet = {
      visitedOn: today,
      place: '申请人家中',
      memberPresent: aCase.household.applicant.name,
      findings: '家庭成员和收入情况与申报一致，居住条件一般，无贵重物品。',
      surveyed: [],
      ...sheet,
    }
    return this.acts(aCase, () => ({ action: 'COMPLETE_SURVEY', stableIncome, surveySheet }), how)
  }

  async postsNotice(aCase: CaseInHand, how?: How): Promise<ActAnswer> {
    return this.acts(aCase, () => ({ action: 'POST_NOTICE', noticePlace: '村（社区）公示栏' }), how)
  }

  async asksRegisters(aCase: CaseInHand, how?: How): Promise<ActAnswer> {
    return this.acts(aCase, () => ({ action: 'ASK_REGISTERS', reason: '原核对结果已过有效期。' }), how)
  }

  /** Says why the account of a case, or its keeper, serves several households. */
  async explainsAccount(aCase: CaseInHand, how?: How): Promise<ActAnswer> {
    const { accountUse } = await this.opens(aCase)
    const said = {
      accountId: accountUse?.accountId ?? 'none',
      reason: '兄弟两户分别立户，共用父亲的存折，已入户核实。',
    }
    return this.acts(aCase, () => ({ action: 'EXPLAIN_ACCOUNT', ...said }), how)
  }

  /** Deals with the first thing that a register says of a person. */
  async settlesStatus(aCase: CaseInHand, answer: StatusAnswer, on?: string, how?: How): Promise<ActAnswer> {
    const { matching } = await this.opens(aCase)
    const statusId = matching?.statuses.find(({ open }) => open)?.statusId ?? 'none'
    const said = { statusId, answer, reason: '已查验证明材料。', ...(on === undefined ? {} : { on }) }
    return this.acts(aCase, () => ({ action: 'SETTLE_STATUS', ...said }), how)
  }

  async handsUp(aCase: CaseInHand, how?: How): Promise<ActAnswer> {
    return this.acts(aCase, () => ({ action: 'HAND_UP' }), how)
  }

  async correctsAccount(
    aCase: CaseInHand,
    accountNumber: string,
    more: { nameAtBank?: string; kind?: AccountKind; holderName?: string } = {},
    how?: How,
  ): Promise<ActAnswer> {
    const holderName = aCase.household.applicant.name
    const bankAccount = { holderName, accountNumber, bankName: '农村商业银行', ...more }
    return this.acts(aCase, () => ({ action: 'CORRECT_ACCOUNT', bankAccount }), how)
  }

  /** Handed to the applicant at home, unless told otherwise. */
  async servesRefusal(aCase: CaseInHand, service: Partial<Service> = {}, how?: How): Promise<ActAnswer> {
    const receipt = await this.keepsPhoto(aCase, '送达回证.png')
    const recipient = aCase.household.applicant.name
    const inPerson = { manner: 'IN_PERSON', recipient, receivedAs: 'SELF', place: '申请人家中' } as const
    const served = { ...(service.manner === undefined ? inPerson : {}), ...service } as Service
    return this.acts(aCase, () => ({ action: 'SERVE_REFUSAL', service: served, evidencePaperIds: [receipt] }), how)
  }
}

/** Signs the township's opinion. 乡镇（街道）分管领导 */
export class TownshipLeader extends Officer {
  async endorses(aCase: CaseInHand, signature: Signature = {}, how?: How): Promise<ActAnswer> {
    const opinion = '经入户调查和信息核对，符合条件，拟同意。'
    return this.signs(aCase, 'GIVE_OPINION', true, { opinion, ...signature }, how)
  }

  async disagrees(aCase: CaseInHand, signature: Signature = {}, how?: How): Promise<ActAnswer> {
    const opinion = '核对发现未申报的收入和财产，不符合条件。'
    return this.signs(aCase, 'GIVE_OPINION', false, { opinion, ...signature }, how)
  }

  /** Looks at the account that was put right, as soon as the bank knew it, and agrees to it. */
  async agreesToAccount(aCase: CaseInHand, how?: How): Promise<ActAnswer> {
    const { accountId } = await this.seesPayee(aCase)
    return this.acts(aCase, () => ({ action: 'AGREE_ACCOUNT', accountId }), how)
  }

  async returns(aCase: CaseInHand, to: CaseStage, mendingList: string[], how?: How): Promise<ActAnswer> {
    return this.acts(aCase, () => ({ action: 'RETURN', to, mendingList }), how)
  }

  async extends(aCase: CaseInHand, cause: ExtensionCause, how?: How): Promise<ActAnswer> {
    return this.acts(aCase, () => ({ action: 'EXTEND', cause, reason: '家庭情况复杂，需进一步核实。' }), how)
  }

  /** Registers that the case waits for somebody until a day. */
  async awaits(aCase: CaseInHand, waitsFor: WaitedForParty, throughDay: string, how?: How): Promise<ActAnswer> {
    return this.acts(
      aCase,
      () => ({ action: 'AWAIT', waitsFor, throughDay, reason: '需等待对方提供材料后继续办理。' }),
      how,
    )
  }

  async endsWaiting(aCase: CaseInHand, how?: How): Promise<ActAnswer> {
    return this.acts(aCase, () => ({ action: 'END_WAITING' }), how)
  }
}
