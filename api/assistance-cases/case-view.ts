import type { OpenOrder } from '../../domain/matter/state.ts'
import { courseOf } from '../../domain/procedures/assistance-case/course.ts'
import { implausibleIn } from '../../domain/household/implausible.ts'
import { offeredActions } from '../../domain/procedures/possible-acts.ts'
import {
  accountCheckResultLabels,
  holdReasonLabels,
  returnReasonLabels,
  riskMarkLabels,
  roleLabels,
  waitedForPartyLabels,
} from '../../domain/labels.ts'
import { outcomeLabels, stageLabels } from '../../domain/procedures/words.ts'
import { readAccountUse } from '../../prisma/stores/household/account-use.ts'
import { findKeeper } from '../../prisma/stores/money/payee-accounts.ts'
import { readDeadlineMoves } from '../../prisma/stores/matter/deadline-moves.ts'
import { addDays } from '../../domain/time/plain-date.ts'
import { documentKindOf } from '../../domain/household/identity-number.ts'
import { parametersOfCase } from '../../prisma/stores/matter/parameters-of-matter.ts'
import { type ApplicationPaper, readApplication } from '../../prisma/stores/household/applications.ts'
import { findSignedAssessment } from '../../prisma/stores/household/assessments.ts'
import type { CaseReading } from '../../prisma/stores/matter/case-reading.ts'
import {
  findBenefitOf,
  findLastAssessmentId,
  findLastInstruction,
  readDeadlines,
  readHolders,
} from '../../prisma/stores/matter/case-status.ts'
import { namesOfOfficers, namesOfOffices } from '../../prisma/stores/staff/staff.ts'
import type { CaseView } from './case-contract.ts'
import type { Asker } from '../http/identity.ts'
import { handlingRoles, includesRole, paperReaders, riskReadingRoles } from '../http/roles.ts'
import { possibleActsView } from './act-forms.ts'
import { accountView } from './account-view.ts'
import { deadlineView } from '../matters/deadline-view.ts'
import { findingView } from './finding-view.ts'
import { householdView } from './household-view.ts'
import { matchingView } from './matching-view.ts'
import { papersView } from '../matters/papers-view.ts'
import { placeAt } from '../matters/place-names.ts'
import { timelineOf } from '../matters/timeline.ts'
import { workingDaysSince } from '../matters/working-days.ts'

/** A case as this officer may see it: what a role has no use for is not in it. */
export async function caseView(reading: CaseReading, asker: Asker): Promise<CaseView> {
  const { db, row, procedure, state } = reading
  const { officerId, role, officeId } = asker
  const handles = includesRole(handlingRoles, role)
  const application = await readApplication(reading, row.id, reading.events)
  const holders = await readHolders(db, [row.id])
  const deadlines = await readDeadlines(db, row.id)
  const moves = await readDeadlineMoves(db, row.id)
  const calendar = reading.ruleBook.calendarFor(reading.placeChain)
  return {
    case: headOf(reading),
    household: {
      members: householdView(application, { state, withDetails: handles }),
      numbersOwed: handles ? numbersOwed(reading, application) : [],
      warnings: handles ? implausibleIn(application.intake.members, application.handedInOn) : [],
      account: state.accountId === null ? null : await accountView(db, state.accountId),
    },
    accountCorrection: await accountCorrectionOf(reading),
    accountUse: handles ? await accountUseOf(reading) : null,
    matching: await matchingView(reading, { withFacts: handles }),
    investigators: await investigatorsOf(reading),
    assessment: includesRole(paperReaders.ASSESSMENT, role) ? await assessmentSummary(reading) : null,
    opinion: includesRole(paperReaders.OPINION, role) ? await findingView(reading, state.opinion) : null,
    decision: await decisionOf(reading),
    noticeThroughDay: state.noticeThroughDay,
    benefit: await findBenefitOf(db, row.id),
    payment: await paymentOf(reading),
    holders: holders.map((one) => ({
      officeName: one.officeName,
      role: one.role,
      roleLabel: roleLabels[one.role],
      since: one.since,
    })),
    allowedActions: offeredActions(procedure, state, {
      officerId,
      role,
      officeId,
      capacityHeld: null,
      today: reading.today,
      parameters: parametersOfCase(reading, reading.today),
    }),
    possibleActs: await possibleActsView(reading, asker),
    ...(await watchedOf(reading, asker, holders)),
    course: {
      ...courseOf(reading.events),
      workingDaysInAll: workingDaysSince(state.appliedOn ?? reading.today, state.decidedOn ?? reading.today, calendar),
    },
    deadlines: deadlines.map((deadline) => deadlineView(deadline, { moves, today: reading.today, calendar })),
    timeline: await timelineOf(reading, asker),
    papers: await papersView(reading, role),
  }
}

async function investigatorsOf({ db, state }: CaseReading): Promise<CaseView['investigators']> {
  const names = await namesOfOfficers(db, state.investigatorIds)
  return state.investigatorIds.map((officerId) => ({
    officerId,
    name: names.get(officerId) ?? '',
    owesSignature: state.owedSignatures.some((owed) => owed.officerId === officerId),
  }))
}

function numbersOwed(
  reading: CaseReading,
  { intake, personIds }: ApplicationPaper,
): CaseView['household']['numbersOwed'] {
  const newborns = intake.members.flatMap(({ identityNumber, name, birthDate }, index) =>
    documentKindOf(identityNumber) === 'BIRTH_CERTIFICATE'
      ? [{ personId: personIds[index] as string, name, birthDate }]
      : [],
  )
  return newborns.map(({ birthDate, ...newborn }) => {
    const days = parametersOfCase(reading, reading.today).newbornNumberWithinDays()
    return { ...newborn, dueOn: addDays(birthDate, days) }
  })
}

async function accountUseOf(reading: CaseReading): Promise<CaseView['accountUse']> {
  const { row, state } = reading
  const { accountId } = state
  if (accountId === null) return null
  const use = await readAccountUse(reading, { matterId: row.id, countyId: row.countyId, accountId })
  const keeper = await findKeeper(reading, accountId)
  return {
    accountId,
    households: use.households,
    keeper: keeper && {
      name: keeper.name,
      relation: keeper.relation,
      agreedOn: keeper.agreedOn,
      households: use.keptHouseholds,
    },
    agreementMissing: use.agreementMissing,
    explained: state.explainedAccountIds.includes(accountId),
  }
}

async function accountCorrectionOf({ db, state }: CaseReading): Promise<CaseView['accountCorrection']> {
  if (state.proposedAccount === null) return null
  const { accountId, checked } = state.proposedAccount
  const account = await accountView(db, accountId)
  const checkedLabel = checked === null ? null : accountCheckResultLabels[checked]
  return account && { accountId, ...account, checked, checkedLabel }
}

function headOf({ row, state, places }: CaseReading): CaseView['case'] {
  const { placeId, name } = placeAt(places)
  return {
    matterId: row.id,
    matterNumber: row.number,
    programme: row.programme,
    stage: state.stage,
    stageLabel: stageLabels[state.stage],
    outcome: state.outcome,
    outcomeLabel: state.outcome === null ? null : outcomeLabels[state.outcome],
    version: state.version,
    title: row.title,
    memberCount: row.memberCount,
    residenceKind: row.residenceKind,
    place: { placeId, name },
    appliedOn: state.appliedOn,
    acceptedOn: state.acceptedOn,
  }
}

async function assessmentSummary(reading: CaseReading): Promise<CaseView['assessment']> {
  const { db, row } = reading
  const assessmentId = await findLastAssessmentId(db, row.id)
  const found = assessmentId === null ? null : await findSignedAssessment(reading, row.id, assessmentId)
  if (assessmentId === null || found === null) return null
  const { assessedOn, eligible, monthlyAmountFen } = found.assessment
  return { assessmentId, assessedOn, eligible, monthlyAmountFen, category: found.category }
}

async function decisionOf({ db, state }: CaseReading): Promise<CaseView['decision']> {
  if (state.decidedOn === null) return null
  const finding = await findingView({ db }, state.decision)
  return { decidedOn: state.decidedOn, granted: finding !== null, finding }
}

async function paymentOf({ db, row, state }: CaseReading): Promise<CaseView['payment']> {
  const last = await findLastInstruction(db, row.id)
  if (last === null) return null
  const heldFor = (state.instruction?.heldFor ?? []).map((reason) => ({ reason, label: holdReasonLabels[reason] }))
  const returnReasonLabel = last.returnReason === null ? null : returnReasonLabels[last.returnReason]
  return { ...last, heldFor, returnReasonLabel }
}

/** What those who watch over the case have done about it, and for whom it waits. */
async function watchedOf(
  { db, state }: CaseReading,
  { role }: Asker,
  holders: Awaited<ReturnType<typeof readHolders>>,
): Promise<Pick<CaseView, 'waits' | 'riskMarks' | 'assignees' | 'order'>> {
  const named = holders.flatMap((desk) =>
    desk.assigneeId === null ? [] : [{ role: desk.role, officerId: desk.assigneeId }],
  )
  const names = await namesOfOfficers(
    db,
    named.map(({ officerId }) => officerId),
  )
  const marks = includesRole(riskReadingRoles, role) ? state.riskMarks : []
  return {
    waits: state.waits.map(({ waitsFor, from, through, pausedLimits }) => ({
      waitsFor,
      label: waitedForPartyLabels[waitsFor],
      from,
      throughDay: through,
      pausedLimits,
    })),
    riskMarks: marks.map((mark) => ({ mark, label: riskMarkLabels[mark] })),
    assignees: named.map((assignee) => ({ ...assignee, name: names.get(assignee.officerId) ?? '' })),
    order: await orderOf(db, state.order),
  }
}

async function orderOf(db: CaseReading['db'], order: OpenOrder | null): Promise<CaseView['order']> {
  if (order === null) return null
  const { orderId, number, officeId, answered } = order
  const offices = await namesOfOffices(db, [officeId])
  return { orderId, number, officeName: offices.get(officeId) ?? officeId, answered }
}
