import { hasPaper } from '../../matter/circumstances.ts'
import type { CaseState } from './state.ts'
import type { CaseCommand } from './details.ts'
import { type CaseCircumstances, type CaseVerdict, withDigest } from './circumstances.ts'
import { returnTargets } from './procedure.ts'
import { refuse } from './refusals.ts'

/** Application, acceptance, return and withdrawal (57 Art. 4-10, 29). */
export function judgeIntake(command: CaseCommand, state: CaseState, circumstances: CaseCircumstances): CaseVerdict {
  switch (command.action) {
    case 'SUBMIT':
      if (!hasPaper(circumstances, 'APPLICATION')) return refuse('paperMissing', { paper: 'APPLICATION' })
      if (circumstances.memberConflict) return circumstances.memberConflict
      return { type: 'APPLICATION_SUBMITTED', data: withDigest(command.details, circumstances) }
    case 'RESUBMIT':
      if (circumstances.memberConflict) return circumstances.memberConflict
      return { type: 'APPLICATION_RESUBMITTED', data: withDigest(command.details, circumstances) }
    case 'ACCEPT':
      if (state.acceptedOn !== null) return refuse('alreadyAccepted', { acceptedOn: state.acceptedOn })
      return { type: 'APPLICATION_ACCEPTED', data: { delegated: circumstances.parameters.confirmationDelegated() } }
    case 'RETURN': {
      if (state.stage === 'CLOSED') return refuse('caseClosed')
      const targets: readonly string[] = returnTargets(state.stage)
      if (!targets.includes(command.details.to))
        return refuse('returnTargetNotEarlier', { stage: state.stage, targets })
      if (!hasPaper(circumstances, 'MENDING_LIST')) return refuse('mendingListMissing')
      return { type: 'CASE_RETURNED', data: { from: state.stage, to: command.details.to } }
    }
    case 'WITHDRAW':
      if (!hasPaper(circumstances, 'REASON')) return refuse('paperMissing', { paper: 'REASON' })
      return { type: 'CASE_WITHDRAWN', data: {} }
    default:
      return refuse('notPermittedAtThisStage', { stage: state.stage })
  }
}
