import type { CaseEvent } from '../../../domain/procedures/assistance-case/facts.ts'
import { clearCaseAlarm } from '../../../prisma/stores/oversight/matter-alarms.ts'
import { countedIn, readApplication } from '../../../prisma/stores/household/applications.ts'
import { renameHead } from '../../../prisma/stores/matter/matters.ts'
import { noteWhoCounts, takeOff } from '../../../prisma/stores/household/conflicts.ts'
import { noteMemberNames } from '../../../prisma/stores/household/member-names.ts'
import { joinCase } from '../../../prisma/stores/matter/participation.ts'
import { endBenefit, openBenefit, oweReviewOf } from '../../../prisma/stores/money/benefits.ts'
import { documentKindOf } from '../../../domain/household/identity-number.ts'
import { parametersOfCase } from '../../../prisma/stores/matter/parameters-of-matter.ts'
import { addDays, lastDayOf, monthOf, type PlainDate } from '../../../domain/time/plain-date.ts'
import { reviewKindFor } from '../../../domain/policy/review-cycle.ts'
import type { LockedCase } from '../../../prisma/stores/matter/locked-matter.ts'
import { getSignedAssessment } from '../../../prisma/stores/household/assessments.ts'
import {
  markInstructionSent,
  releaseInstruction,
  settleInstruction,
  voidPreparation,
  writeInstruction,
} from '../../../prisma/stores/money/payments.ts'

/** Rows beyond the matter itself that an event of an application brings about. Most events bring none. */
export async function effectsOfCase(matter: LockedCase, event: CaseEvent): Promise<void> {
  const { tx, row, state, events, now, cipher } = matter
  const at = { matterId: row.id, countyId: row.countyId, now, state, officerId: event.actor?.officerId ?? null }
  switch (event.type) {
    case 'SURVEY_BEGUN':
      for (const officerId of event.data.investigatorIds) {
        const part = { matterId: row.id, countyId: row.countyId, officerId, capacity: 'HANDLE' as const }
        await joinCase(tx, { ...part, eventId: event.eventId })
      }
      return
    case 'APPLICATION_RESUBMITTED': {
      const application = await readApplication({ db: tx, cipher }, row.id, events)
      await noteWhoCounts(tx, row.id, countedIn(application))
      await noteMemberNames({ db: tx, cipher }, row.id, application)
      return renameHead(tx, row.id, application.intake.members[0]?.name ?? row.title)
    }
    case 'CIVIL_STATUS_SETTLED': {
      const { answer, personId, status } = event.data
      if (answer !== 'MEMBER_OFF') return
      if (state.benefitId === null) return takeOff(tx, row.id, personId)
      return oweReview(matter, status === 'DEAD' ? 'DEATH' : 'CHANGE', event.occurredOn)
    }
    case 'BENEFIT_ENDED':
      return endBenefit(tx, row.id)
    case 'CONFIRMED': {
      const signed = await getSignedAssessment({ db: tx, cipher }, row.id, event.data.assessmentId)
      const reviewKind = reviewKindFor(state)
      await openBenefit(tx, row, event.data, { ...signed.assessment, reviewKind }, now)
      return oweNumbers(matter, event.occurredOn)
    }
    case 'ACCOUNT_CORRECTED':
      return voidPreparation(tx, state)
    case 'PAYMENT_PREPARED':
      return writeInstruction(tx, at, event.data)
    case 'PAYMENT_RELEASED':
      return releaseInstruction(tx, at, event.data.instructionId)
    case 'PAYMENT_SENT':
      return markInstructionSent(tx, at, event.data.instructionId)
    case 'PAYMENT_PAID':
    case 'PAYMENT_RETURNED':
      await clearCaseAlarm(tx, heldAlarm(matter, event.data.instructionId))
      if (event.type === 'PAYMENT_RETURNED' && event.data.reason === 'DECEASED')
        await oweReview(matter, 'DEATH', event.occurredOn)
      return settleInstruction(tx, at, event.data)
    case 'PAYMENT_HOLD_ENDED':
      return clearCaseAlarm(tx, heldAlarm(matter, event.data.instructionId))
    default:
      return
  }
}

/** A newborn without a number is counted, and the number is owed by a day: what it changes is reviewed then. */
async function oweNumbers(matter: LockedCase, on: PlainDate): Promise<void> {
  const { tx, cipher, row, events, state, now } = matter
  const { intake } = await readApplication({ db: tx, cipher }, row.id, events)
  const without = intake.members.filter(({ identityNumber }) => documentKindOf(identityNumber) === 'BIRTH_CERTIFICATE')
  if (without.length === 0 || state.benefitId === null) return
  const days = parametersOfCase(matter, on).newbornNumberWithinDays()
  const dueOn = without.map(({ birthDate }) => addDays(birthDate, days)).toSorted()[0] as PlainDate
  const owed = { benefitId: state.benefitId, countyId: row.countyId, kind: 'CHANGE' as const, now }
  await oweReviewOf(tx, { ...owed, dueOn: dueOn < on ? on : dueOn })
}

/** Whoever has died, gone to prison or moved away is owed a review in the same month. */
async function oweReview({ tx, row, state, now }: LockedCase, kind: 'CHANGE' | 'DEATH', on: PlainDate): Promise<void> {
  if (state.benefitId === null) return
  await oweReviewOf(tx, {
    benefitId: state.benefitId,
    countyId: row.countyId,
    kind,
    dueOn: lastDayOf(monthOf(on)),
    now,
  })
}

function heldAlarm({ row, now }: LockedCase, instructionId: string) {
  return { kind: 'PAYMENT_HELD' as const, subject: instructionId, matterId: row.id, placeId: row.placeId, now }
}
