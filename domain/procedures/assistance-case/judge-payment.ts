import type { Refusal } from '../../matter/refusals.ts'
import { firstDayOf, type PlainDate } from '../../time/plain-date.ts'
import { instructionNumber, paymentLineKey } from '../../payment/instruction.ts'
import type { CaseState, InstructionStanding } from './state.ts'
import { isPayeeGone } from './civil-status.ts'
import type { CaseCommand } from './details.ts'
import { type CaseCircumstances, type CaseVerdict, withDigest } from './circumstances.ts'
import { barredByAccountUse } from './judge-account-use.ts'
import { barredByStatus } from './judge-status.ts'
import { refuse } from './refusals.ts'

/** First payment: prepared by one finance officer, released by another, never twice (57 Art. 21, 25). */
export function judgePayment(command: CaseCommand, state: CaseState, circumstances: CaseCircumstances): CaseVerdict {
  const { instruction } = state
  switch (command.action) {
    case 'CORRECT_ACCOUNT':
      if (!isAccountInQuestion(state)) return refuse('accountNotInQuestion')
      if (circumstances.holderGone) return refuse('payeeDeceased')
      return { type: 'ACCOUNT_CORRECTED', data: withDigest(command.details, circumstances) }
    case 'AGREE_ACCOUNT':
      return agree(command.details.accountId, state, circumstances)
    case 'PREPARE_PAYMENT': {
      const barred = barredFromPreparing(state)
      if (barred) return barred
      if (state.benefitId === null || state.firstMonth === null || state.decision === null)
        return refuse('opinionMissing')
      const month = state.firstMonth
      const lineId = paymentLineKey({ benefitId: state.benefitId, programme: 'DIBAO', month, instalment: 1 })
      // What came back, or was void before it was released, gets the next issue of the same line, never a second line.
      const issue = (instruction?.issue ?? 0) + 1
      const instructionId = instructionNumber({ lineId, issue })
      return {
        type: 'PAYMENT_PREPARED',
        data: { lineId, instructionId, issue, month, amountFen: state.decision.amountFen },
      }
    }
    case 'RELEASE_PAYMENT': {
      const barred = barredFromReleasing(state, circumstances.today) ?? barredByAccountUse(state, circumstances)
      if (barred || instruction === null) return barred ?? refuse('paymentNotPrepared')
      if (circumstances.preparedBy === circumstances.officer.officerId) return refuse('sameFinanceOfficer')
      return release(instruction.instructionId, state, circumstances)
    }
    default:
      return refuse('notPermittedAtThisStage', { stage: state.stage })
  }
}

/** An account put right is used when a second person, and the bank, answer for it. */
function agree(accountId: string, state: CaseState, { officer }: CaseCircumstances): CaseVerdict {
  const { proposedAccount } = state
  if (proposedAccount !== null && proposedAccount.accountId !== accountId) return refuse('accountChangedSinceSeen')
  return barredFromAgreeingAccount(state, officer.officerId) ?? { type: 'ACCOUNT_AGREED', data: { accountId } }
}

export function barredFromAgreeingAccount({ proposedAccount }: CaseState, officerId: string): Refusal | undefined {
  if (proposedAccount === null) return refuse('noAccountToAgree')
  if (proposedAccount.correctedBy === officerId) return refuse('sameAccountOfficer')
  if (proposedAccount.checked === null) return refuse('accountNotChecked')
  if (proposedAccount.checked !== 'MATCHES') return refuse('accountNotMatched', { result: proposedAccount.checked })
  return undefined
}

/** What stands in the way of preparing a payment, whoever does it. */
export function barredFromPreparing(state: CaseState): Refusal | undefined {
  const { instruction } = state
  if (instruction?.state === 'PREPARED') return refuse('paymentAlreadyPrepared')
  if (instruction !== null && !isOver(instruction)) return refuse('paymentUnderway')
  if (state.proposedAccount !== null) return refuse('accountAwaitsAgreement')
  return isPayeeGone(state) ? refuse('payeeDeceased') : barredByStatus(state)
}

/** What stands in the way of releasing one on a day, whoever does it. */
export function barredFromReleasing(state: CaseState, today: PlainDate): Refusal | undefined {
  const { instruction } = state
  if (instruction === null || isOver(instruction)) return refuse('paymentNotPrepared')
  if (instruction.state !== 'PREPARED') return refuse('paymentUnderway')
  if (isPayeeGone(state)) return refuse('payeeDeceased')
  const status = barredByStatus(state)
  if (status) return status
  const payableFrom = firstDayOf(instruction.month)
  return today < payableFrom ? refuse('paymentMonthNotReached', { payableFrom }) : undefined
}

/** Released is what the archive holds at this moment, if that is what was decided and what the releaser saw. */
function release(instructionId: string, state: CaseState, { payment }: CaseCircumstances): CaseVerdict {
  if (payment === null || payment.differs.length > 0) {
    return refuse('paymentDiffers', { reasons: payment?.differs ?? ['INSTRUCTION_DIFFERS'] })
  }
  if (payment.asSeen === false) return refuse('paymentChangedSinceSeen')
  if (state.accountChanged && payment.asSeen === null) return refuse('accountNotSeen')
  return { type: 'PAYMENT_RELEASED', data: { instructionId, digest: payment.digest } }
}

/** Nothing of this issue is paid, or will be: it came back, or was void before it was released. */
function isOver({ state }: InstructionStanding): boolean {
  return state === 'RETURNED' || state === 'VOIDED'
}

/**
 * Money came back and has not gone out again, also while finance has already prepared the next issue; or nothing is on its
 * way yet, and the payee has died.
 */
export function isAccountInQuestion(state: CaseState): boolean {
  const { instruction } = state
  if (instruction === null) return isPayeeGone(state)
  return isOver(instruction) || (instruction.state === 'PREPARED' && (instruction.issue > 1 || isPayeeGone(state)))
}
