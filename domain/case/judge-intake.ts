import type { CaseState } from './case-state.ts'
import type { Command } from './commands.ts'
import { type Circumstances, hasPaper, type Verdict, withDigest } from './circumstances.ts'
import { returnTargets } from './permitted-actions.ts'
import { refuse } from './refusals.ts'

/** Application, acceptance, return and withdrawal (57 Art. 4-10, 29). */
export function judgeIntake(command: Command, state: CaseState, circumstances: Circumstances): Verdict {
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
      const targets: readonly string[] = returnTargets[state.stage]
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
