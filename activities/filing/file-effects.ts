import type { CaseEvent } from '../../domain/case/case-events.ts'
import { rolesAllowed } from '../../domain/case/permitted-actions.ts'
import { desksOf } from '../../domain/case/work-at-hand.ts'
import { audienceOf, levelOf } from '../../domain/supervision/audience.ts'
import type { PaperKind, SupervisionRung } from '../../domain/vocabulary.ts'
import { clearCaseAlarm } from '../../prisma/stores/case-alarms.ts'
import { countedIn, readApplication } from '../../prisma/stores/applications.ts'
import { renameHead } from '../../prisma/stores/cases.ts'
import { noteWhoCounts, takeOff } from '../../prisma/stores/conflicts.ts'
import { noteMemberNames } from '../../prisma/stores/member-names.ts'
import { joinCase } from '../../prisma/stores/participation.ts'
import { endBenefit, openBenefit, oweReviewOf } from '../../prisma/stores/benefits.ts'
import { documentKindOf } from '../../domain/household/identity-number.ts'
import { parametersOfCase } from '../../prisma/stores/case-parameters.ts'
import { addDays, lastDayOf, monthOf, type PlainDate } from '../../domain/time/plain-date.ts'
import { reviewKindFor } from '../../domain/policy/review-cycle.ts'
import type { Dossier } from '../../prisma/stores/dossier.ts'
import { getSignedAssessment } from '../../prisma/stores/assessments.ts'
import {
  markInstructionSent,
  releaseInstruction,
  settleInstruction,
  voidPreparation,
  writeInstruction,
} from '../../prisma/stores/payments.ts'
import { noteOrderAnswered, writeOrder } from '../../prisma/stores/supervision-orders.ts'
import { openSupervisionItem } from '../../prisma/stores/supervision.ts'

/** Rows beyond the case itself that an event brings about. Most events bring none. */
export async function fileEffects(dossier: Dossier, event: CaseEvent): Promise<void> {
  const { tx, row, state, events, now, cipher } = dossier
  const at = { caseId: row.id, countyId: row.countyId, now, state, officerId: event.actor?.officerId ?? null }
  switch (event.type) {
    case 'SURVEY_BEGUN':
      for (const officerId of event.data.investigatorIds) {
        const part = { caseId: row.id, countyId: row.countyId, officerId, capacity: 'HANDLE' as const }
        await joinCase(tx, { ...part, eventId: event.eventId })
      }
      return
    case 'APPLICATION_RESUBMITTED': {
      const application = await readApplication({ db: tx, cipher }, row.id, events)
      await noteWhoCounts(tx, row.id, countedIn(application))
      await noteMemberNames({ db: tx, cipher }, row.id, application)
      return renameHead(tx, row.id, application.intake.members[0]?.name ?? row.headName)
    }
    case 'CIVIL_STATUS_SETTLED': {
      const { answer, personId, status } = event.data
      if (answer !== 'MEMBER_OFF') return
      if (state.benefitId === null) return takeOff(tx, row.id, personId)
      return oweReview(dossier, status === 'DEAD' ? 'DEATH' : 'CHANGE', event.occurredOn)
    }
    case 'BENEFIT_ENDED':
      return endBenefit(tx, row.id)
    case 'CONFIRMED': {
      const signed = await getSignedAssessment({ db: tx, cipher }, row.id, event.data.assessmentId)
      const reviewKind = reviewKindFor(state)
      await openBenefit(tx, row, event.data, { ...signed.assessment, reviewKind }, now)
      return oweNumbers(dossier, event.occurredOn)
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
      await clearCaseAlarm(tx, heldAlarm(dossier, event.data.instructionId))
      if (event.type === 'PAYMENT_RETURNED' && event.data.reason === 'DECEASED')
        await oweReview(dossier, 'DEATH', event.occurredOn)
      return settleInstruction(tx, at, event.data)
    case 'PAYMENT_HOLD_ENDED':
      return clearCaseAlarm(tx, heldAlarm(dossier, event.data.instructionId))
    case 'LIMIT_BREACHED':
      return raise(dossier, event, 'URGING')
    case 'SUPERVISION_RAISED':
      return raise(dossier, event, event.data.rung)
    case 'URGED':
      return raise(dossier, event, 'URGING')
    case 'ORDER_ISSUED':
      await writeOrder(tx, row, event.data, doingOf(dossier, event, 'SUPERVISION_ORDER'))
      return showOrder(dossier, event)
    case 'ORDER_ANSWERED':
      return noteOrderAnswered(tx, event.data.orderId, doingOf(dossier, event, 'SUPERVISION_ANSWER'))
    default:
      return
  }
}

/** A newborn without a number is counted, and the number is owed by a day: what it changes is reviewed then. */
async function oweNumbers(dossier: Dossier, on: PlainDate): Promise<void> {
  const { tx, cipher, row, events, state, now } = dossier
  const { intake } = await readApplication({ db: tx, cipher }, row.id, events)
  const without = intake.members.filter(({ identityNumber }) => documentKindOf(identityNumber) === 'BIRTH_CERTIFICATE')
  if (without.length === 0 || state.benefitId === null) return
  const days = parametersOfCase(dossier, on).newbornNumberWithinDays()
  const dueOn = without.map(({ birthDate }) => addDays(birthDate, days)).toSorted()[0] as PlainDate
  const owed = { benefitId: state.benefitId, countyId: row.countyId, kind: 'CHANGE' as const, now }
  await oweReviewOf(tx, { ...owed, dueOn: dueOn < on ? on : dueOn })
}

/** Whoever has died, gone to prison or moved away is owed a review in the same month. */
async function oweReview({ tx, row, state, now }: Dossier, kind: 'CHANGE' | 'DEATH', on: PlainDate): Promise<void> {
  if (state.benefitId === null) return
  await oweReviewOf(tx, {
    benefitId: state.benefitId,
    countyId: row.countyId,
    kind,
    dueOn: lastDayOf(monthOf(on)),
    now,
  })
}

function heldAlarm({ row, now }: Dossier, instructionId: string) {
  return { kind: 'PAYMENT_HELD' as const, subject: instructionId, caseId: row.id, placeId: row.placeId, now }
}

type Raising = Extract<CaseEvent, { type: 'LIMIT_BREACHED' | 'SUPERVISION_RAISED' | 'URGED' }>

/** An urging by hand goes to the desks alone: whoever urges is no audience of their own. */
async function raise(dossier: Dossier, event: Raising, rung: SupervisionRung): Promise<void> {
  const { limit, run } = event.data
  const desks = desksOf(dossier.state)
  const byHand = event.type === 'URGED'
  const reaches = byHand ? 'REMINDER' : rung
  const { order } = dossier.state
  await openSupervisionItem(dossier.tx, dossier, {
    id: event.eventId,
    limit,
    run,
    rung,
    number: byHand ? event.data.number : 0,
    raisedBy: event.actor?.officerId ?? null,
    paperId: event.papers.find(({ kind }) => kind === 'REASON')?.paperId ?? null,
    shownTo: levelOf(reaches, limit, desks),
    audience: audienceOf(reaches, limit, desks),
    ...(limit === 'SUPERVISION_ORDER' && order !== null ? { addressee: addressedTo(order.officeId) } : {}),
  })
}

/** Whoever owes an answer is shown the order as an item of its own, so that it is known who has seen it. */
async function showOrder(dossier: Dossier, event: Extract<CaseEvent, { type: 'ORDER_ISSUED' }>): Promise<void> {
  const { number, officeId } = event.data
  await openSupervisionItem(dossier.tx, dossier, {
    id: event.eventId,
    limit: 'SUPERVISION_ORDER',
    run: number,
    rung: 'ORDER',
    number: 1,
    raisedBy: event.actor?.officerId ?? null,
    paperId: event.papers.find(({ kind }) => kind === 'SUPERVISION_ORDER')?.paperId ?? null,
    shownTo: 'TOWNSHIP',
    audience: [],
    addressee: addressedTo(officeId),
  })
}

function addressedTo(officeId: string) {
  return { officeId, roles: rolesAllowed('ANSWER_ORDER') }
}

function doingOf({ now }: Dossier, event: CaseEvent, kind: PaperKind) {
  const paperId = event.papers.find((paper) => paper.kind === kind)?.paperId ?? ''
  return { officerId: event.actor?.officerId ?? '', at: now, paperId }
}
