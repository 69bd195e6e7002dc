import { firstDayOf } from '../time/plain-date.ts'
import { instructionNumber, paymentLineKey } from '../payment/instruction.ts'
import type { CaseState } from './case-state.ts'
import type { Command } from './commands.ts'
import type { Circumstances, Verdict } from './circumstances.ts'
import { refuse } from './refusals.ts'

/** First payment: prepared by one finance officer, released by another, never twice (57 Art. 21, 25). */
export function judgePayment(command: Command, state: CaseState, circumstances: Circumstances): Verdict {
  const { instruction } = state
  switch (command.action) {
    case 'CORRECT_ACCOUNT':
      if (!isInQuestion(instruction)) return refuse('accountNotInQuestion')
      return { type: 'ACCOUNT_CORRECTED', data: command.details }
    case 'PREPARE_PAYMENT': {
      if (instruction?.state === 'PREPARED') return refuse('paymentAlreadyPrepared')
      if (instruction !== null && instruction.state !== 'RETURNED') return refuse('paymentUnderway')
      if (state.benefitId === null || state.firstMonth === null || state.decision === null)
        return refuse('opinionMissing')
      const month = state.firstMonth
      const lineId = paymentLineKey({ benefitId: state.benefitId, programme: 'DIBAO', month, instalment: 1 })
      // A settled return gets the next issue of the same line, never a second line.
      const issue = (instruction?.issue ?? 0) + 1
      const instructionId = instructionNumber({ lineId, issue })
      return {
        type: 'PAYMENT_PREPARED',
        data: { lineId, instructionId, issue, month, amountFen: state.decision.amountFen },
      }
    }
    case 'RELEASE_PAYMENT': {
      if (instruction === null || instruction.state === 'RETURNED') return refuse('paymentNotPrepared')
      if (instruction.state !== 'PREPARED') return refuse('paymentUnderway')
      if (circumstances.preparedBy === circumstances.officer.officerId) return refuse('sameFinanceOfficer')
      const payableFrom = firstDayOf(instruction.month)
      if (circumstances.today < payableFrom) return refuse('paymentMonthNotReached', { payableFrom })
      return { type: 'PAYMENT_RELEASED', data: { instructionId: instruction.instructionId } }
    }
    default:
      return refuse('notPermittedAtThisStage', { stage: state.stage })
  }
}

/** Money came back and has not gone out again: also while finance has already prepared the next issue. */
function isInQuestion(instruction: CaseState['instruction']): boolean {
  return instruction?.state === 'RETURNED' || (instruction?.state === 'PREPARED' && instruction.issue > 1)
}
