import { firstDayOf } from '../../time/plain-date.ts'
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
      if (!isInQuestion(state)) return refuse('accountNotInQuestion')
      if (circumstances.holderGone) return refuse('payeeDeceased')
      return { type: 'ACCOUNT_CORRECTED', data: withDigest(command.details, circumstances) }
    case 'AGREE_ACCOUNT':
      return agree(command.details.accountId, state, circumstances)
    case 'PREPARE_PAYMENT': {
      if (instruction?.state === 'PREPARED') return refuse('paymentAlreadyPrepared')
      if (instruction !== null && !isOver(instruction)) return refuse('paymentUnderway')
      if (state.proposedAccount !== null) return refuse('accountAwaitsAgreement')
      if (isPayeeGone(state)) return refuse('payeeDeceased')
      const status = barredByStatus(state)
      if (status) return status
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
      if (instruction === null || isOver(instruction)) return refuse('paymentNotPrepared')
      if (instruction.state !== 'PREPARED') return refuse('paymentUnderway')
      if (isPayeeGone(state)) return refuse('payeeDeceased')
      const barred = barredByStatus(state) ?? barredByAccountUse(state, circumstances)
      if (barred) return barred
      if (circumstances.preparedBy === circumstances.officer.officerId) return refuse('sameFinanceOfficer')
      const payableFrom = firstDayOf(instruction.month)
      if (circumstances.today < payableFrom) return refuse('paymentMonthNotReached', { payableFrom })
      return release(instruction.instructionId, state, circumstances)
    }
    default:
      return refuse('notPermittedAtThisStage', { stage: state.stage })
  }
}

/** An account put right is used when a second person, and the bank, answer for it. */
function agree(accountId: string, { proposedAccount }: CaseState, { officer }: CaseCircumstances): CaseVerdict {
  if (proposedAccount === null) return refuse('noAccountToAgree')
  if (proposedAccount.accountId !== accountId) return refuse('accountChangedSinceSeen')
  if (proposedAccount.correctedBy === officer.officerId) return refuse('sameAccountOfficer')
  if (proposedAccount.checked === null) return refuse('accountNotChecked')
  if (proposedAccount.checked !== 'MATCHES') return refuse('accountNotMatched', { result: proposedAccount.checked })
  return { type: 'ACCOUNT_AGREED', data: { accountId } }
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
function isInQuestion(state: CaseState): boolean {
  const { instruction } = state
  if (instruction === null) return isPayeeGone(state)
  return isOver(instruction) || (instruction.state === 'PREPARED' && (instruction.issue > 1 || isPayeeGone(state)))
}
