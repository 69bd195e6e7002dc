import type { CaseEvent } from '../../domain/case/case-events.ts'
import { levelShownBreachOf } from '../../domain/case/work-at-hand.ts'
import { openBenefit } from '../../prisma/stores/benefits.ts'
import type { Dossier } from '../../prisma/stores/dossier.ts'
import { getSignedAssessment } from '../../prisma/stores/assessments.ts'
import {
  markInstructionSent,
  releaseInstruction,
  settleInstruction,
  writeInstruction,
} from '../../prisma/stores/payments.ts'
import { openSupervisionItem } from '../../prisma/stores/supervision.ts'

/** Rows beyond the case itself that an event brings about. Most events bring none. */
export async function fileEffects({ tx, row, state, now, cipher }: Dossier, event: CaseEvent): Promise<void> {
  const at = { caseId: row.id, countyId: row.countyId, now, state, officerId: event.actor?.officerId ?? null }
  switch (event.type) {
    case 'CONFIRMED': {
      const signed = await getSignedAssessment({ db: tx, cipher }, row.id, event.data.assessmentId)
      const reviewKind = state.stableIncome ? 'ANNUAL' : 'HALF_YEARLY'
      await openBenefit(tx, row, event.data, { ...signed.assessment, reviewKind }, now)
      return
    }
    case 'PAYMENT_PREPARED':
      return writeInstruction(tx, at, event.data)
    case 'PAYMENT_RELEASED':
      return releaseInstruction(tx, at, event.data.instructionId)
    case 'PAYMENT_SENT':
      return markInstructionSent(tx, at, event.data.instructionId)
    case 'PAYMENT_PAID':
    case 'PAYMENT_RETURNED':
      return settleInstruction(tx, at, event.data)
    case 'LIMIT_BREACHED':
      return openSupervisionItem(tx, row, event, levelShownBreachOf(event.data.limit), now)
    default:
      return
  }
}
