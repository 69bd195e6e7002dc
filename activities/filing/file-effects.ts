import type { CaseEvent } from '../../domain/case/case-events.ts'
import { levelShownBreachOf } from '../../domain/case/work-at-hand.ts'
import { readApplication } from '../../prisma/stores/applications.ts'
import { renameHead } from '../../prisma/stores/cases.ts'
import { joinCase } from '../../prisma/stores/participation.ts'
import { openBenefit } from '../../prisma/stores/benefits.ts'
import { reviewKindFor } from '../../domain/policy/review-cycle.ts'
import type { Dossier } from '../../prisma/stores/dossier.ts'
import { getSignedAssessment } from '../../prisma/stores/assessments.ts'
import {
  markInstructionSent,
  payInto,
  releaseInstruction,
  settleInstruction,
  writeInstruction,
} from '../../prisma/stores/payments.ts'
import { openSupervisionItem } from '../../prisma/stores/supervision.ts'

/** Rows beyond the case itself that an event brings about. Most events bring none. */
export async function fileEffects({ tx, row, state, events, now, cipher }: Dossier, event: CaseEvent): Promise<void> {
  const at = { caseId: row.id, countyId: row.countyId, now, state, officerId: event.actor?.officerId ?? null }
  switch (event.type) {
    case 'SURVEY_BEGUN':
      for (const officerId of event.data.investigatorIds) {
        const part = { caseId: row.id, countyId: row.countyId, officerId, capacity: 'HANDLE' as const }
        await joinCase(tx, { ...part, eventId: event.eventId })
      }
      return
    case 'APPLICATION_RESUBMITTED': {
      const { intake } = await readApplication({ db: tx, cipher }, row.id, events)
      return renameHead(tx, row.id, intake.members[0]?.name ?? row.headName)
    }
    case 'CONFIRMED': {
      const signed = await getSignedAssessment({ db: tx, cipher }, row.id, event.data.assessmentId)
      const reviewKind = reviewKindFor(state)
      await openBenefit(tx, row, event.data, { ...signed.assessment, reviewKind }, now)
      return
    }
    case 'ACCOUNT_CORRECTED':
      return payInto(tx, state, event.data.accountId)
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
