import type { ActAnswer } from '../../../api/assistance-cases/act-contract.ts'
import type { RefusalReason } from '../../../domain/vocabulary.ts'
import type { CaseStage } from '../../../domain/procedures/assistance-case/words.ts'
import { type CaseInHand, type How, Officer, type Signature } from './officer.ts'

/** Reviews files at the county's civil affairs bureau. 县级民政部门经办人 */
export class CountyHandler extends Officer {
  async reviews(aCase: CaseInHand, signature: Signature & { agrees?: boolean } = {}, how?: How): Promise<ActAnswer> {
    const { agrees = true, ...rest } = signature
    const opinion = agrees ? '材料齐全，程序合规，同意提请确认。' : '家庭收入、财产不符合规定，建议不予确认。'
    return this.signs(aCase, 'REVIEW_FILE', agrees, { opinion, ...rest }, how)
  }

  async returns(aCase: CaseInHand, to: CaseStage, mendingList: string[], how?: How): Promise<ActAnswer> {
    return this.acts(aCase, () => ({ action: 'RETURN', to, mendingList }), how)
  }
}

/** Confirms or refuses. 县级民政部门审核确认人 */
export class Approver extends Officer {
  async confirms(aCase: CaseInHand, signature: Signature = {}, how?: How): Promise<ActAnswer> {
    return this.signs(aCase, 'CONFIRM', true, { opinion: '予以确认同意。', ...signature }, how)
  }

  async endsBenefit(aCase: CaseInHand, how?: How): Promise<ActAnswer> {
    return this.acts(aCase, () => ({ action: 'END_BENEFIT', reason: '收款人已死亡，没有其他家庭成员。' }), how)
  }

  async refuses(aCase: CaseInHand, reasons: Partial<Record<RefusalReason, string>>, how?: How): Promise<ActAnswer> {
    return this.acts(
      aCase,
      async () => {
        const { assessmentId } = await this.assesses(aCase)
        const grounds = Object.entries(reasons).map(([code, text]) => ({ code: code as RefusalReason, text }))
        return { action: 'REFUSE', assessmentId, reasons: grounds }
      },
      how,
    )
  }

  async returns(aCase: CaseInHand, to: CaseStage, mendingList: string[], how?: How): Promise<ActAnswer> {
    return this.acts(aCase, () => ({ action: 'RETURN', to, mendingList }), how)
  }
}

/** Prepares payments, or releases what a colleague prepared. 县级财政部门 */
export class FinanceOfficer extends Officer {
  async prepares(aCase: CaseInHand, how?: How): Promise<ActAnswer> {
    return this.acts(aCase, () => ({ action: 'PREPARE_PAYMENT' }), how)
  }

  async releases(aCase: CaseInHand, how?: How): Promise<ActAnswer> {
    return this.acts(aCase, () => ({ action: 'RELEASE_PAYMENT' }), how)
  }

  /** Looks at the account in full and releases what was shown. */
  async looksAndReleases(aCase: CaseInHand, how?: How): Promise<ActAnswer> {
    return this.acts(
      aCase,
      async () => {
        const { payment } = await this.seesPayee(aCase)
        return { action: 'RELEASE_PAYMENT', ...(payment === null ? {} : { seenDigest: payment.seenDigest }) }
      },
      how,
    )
  }
}
