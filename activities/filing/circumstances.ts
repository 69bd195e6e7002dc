import type {
  ActingOfficer,
  AssessmentStanding,
  Circumstances,
  PaymentInView,
} from '../../domain/case/circumstances.ts'
import type { Command } from '../../domain/case/commands.ts'
import { type Assessment, isSameProposal } from '../../domain/policy/assessment.ts'
import type { PlainDate } from '../../domain/time/plain-date.ts'
import { refuse } from '../../domain/case/refusals.ts'
import { countedMembers } from '../../domain/household/household.ts'
import { discrepancies } from '../../domain/household/matched-fact.ts'
import { reasonsBorneOut } from '../../domain/policy/refusal-grounds.ts'
import type { DibaoCategory, RefusalReason } from '../../domain/vocabulary.ts'
import { findInvestigators } from '../../prisma/stores/acting-officer.ts'
import {
  type AssessmentPaper,
  assessBasis,
  basisDigest,
  findSignedAssessment,
  readAssessmentBasis,
} from '../../prisma/stores/assessments.ts'
import { parametersOfCase, readExpiredSources } from '../../prisma/stores/case-parameters.ts'
import { findHolders, mayBeAssigned } from '../../prisma/stores/assignable.ts'
import { findMemberConflict, findWhoCounts } from '../../prisma/stores/conflicts.ts'
import { findInOtherCounty } from '../../prisma/stores/other-counties.ts'
import { isRelativeFiled } from '../../prisma/stores/relatives.ts'
import type { Dossier } from '../../prisma/stores/dossier.ts'
import { findAccountElsewhere, readAccountUse } from '../../prisma/stores/account-use.ts'
import { findPayeePerson, isHolderGone } from '../../prisma/stores/gone-payee.ts'
import { findAccountDigest } from '../../prisma/stores/payee-accounts.ts'
import { readPayment } from '../../prisma/stores/payment-orders.ts'
import { isCodeWithin } from '../../prisma/stores/places.ts'
import { type ApplicationPaper, countedIn } from '../../prisma/stores/applications.ts'
import { citePapers, findPaperBody } from '../../prisma/stores/papers.ts'
import { findPreparer } from '../../prisma/stores/participation.ts'
import { runsOf } from './enter-events.ts'
import { stableId } from '../../platform/stable-id.ts'

/** Everything the judge needs besides the state; only what this act calls for is loaded. */
export async function loadCircumstances(
  dossier: Dossier,
  officer: ActingOfficer,
  command: Command,
  paperIds: readonly string[],
): Promise<Circumstances> {
  const { tx, row, state, events, today } = dossier
  const { action, details } = command
  const on = dayOfAct(dossier, command)
  const parameters = parametersOfCase(dossier, on)
  return {
    today,
    officer,
    parameters,
    papers: await citePapers(tx, row.id, paperIds),
    eventsSinceSeen: events.filter((event) => event.seq > command.versionSeen).map((event) => event.type),
    assessment: 'assessmentId' in details ? await standingOfAssessment(dossier, details.assessmentId, on) : null,
    reasonsBorneOut: command.action === 'REFUSE' ? await findReasonsBorneOut(dossier, command.details, on) : [],
    expiredSources: 'assessmentId' in details ? await readExpiredSources(tx, dossier, on) : [],
    totalDueOn: action === 'EXTEND' ? totalDueOn(dossier) : null,
    investigatorsOfTownship: await findInvestigators({ ...dossier, today: on }, investigatorsIn(command, dossier)),
    memberConflict: await conflictOf(dossier, officer, { command, paperIds, on }),
    accountDigest:
      'accountId' in details ? await findAccountDigest(archiveOf(dossier), row.id, details.accountId) : null,
    payment: command.action === 'RELEASE_PAYMENT' ? await viewPayment(dossier, command.details.seenDigest) : null,
    preparedBy: state.instruction === null ? null : await findPreparer(tx, row.id),
    accountUse: await useOfAccount(dossier, officer, command),
    ...(await goneOf(dossier, command)),
    benefitId: stableId(row.id, 'BENEFIT'),
    holders: needsHolders(command) ? await findHolders(tx, row.id) : [],
    assigneeMayAct: command.action === 'ASSIGN' && (await mayBeAssigned(dossier, command.details)),
    orderId: stableId(officer.officerId, command.requestId, 'ORDER'),
    relativeFiled: command.inBulk === true && (await isRelativeFiled(tx, row.id, today)),
  }
}

/**
 * The day whose rules an act follows: that on which it happened, not that on which it is typed in. One on which it cannot
 * have happened is refused whatever the rules say, so that they need not reach that far.
 */
function dayOfAct({ state, today }: Dossier, { occurredOn }: Command): PlainDate {
  return occurredOn > today || (state.lastActOn !== null && occurredOn < state.lastActOn) ? today : occurredOn
}

function totalDueOn(dossier: Dossier): PlainDate | null {
  return runsOf(dossier).findLast(({ limit }) => limit === 'TOTAL')?.due.dueOn ?? null
}

/** The payment as it would go out now; nothing of it can be said where it cannot even be read. */
async function viewPayment(dossier: Dossier, seen: string | undefined): Promise<PaymentInView | null> {
  if (dossier.state.instruction === null) return null
  const { differs, digest, isDigest } = await readPayment(archiveOf(dossier), dossier)
  if (digest === null) return { digest: '', asSeen: null, differs: differs.length > 0 ? differs : ['ACCOUNT_DIFFERS'] }
  return { digest, asSeen: seen === undefined ? null : isDigest(seen), differs }
}

function archiveOf({ tx, cipher }: Dossier) {
  return { db: tx, cipher }
}

/**
 * Who counts is looked at where it is declared, and again where a benefit would begin: an assessment may count others, and
 * somebody may have turned eighteen.
 */
async function conflictOf(
  dossier: Dossier,
  officer: ActingOfficer,
  { command, paperIds, on }: { command: Command; paperIds: readonly string[]; on: PlainDate },
): Promise<Circumstances['memberConflict']> {
  const { tx, row } = dossier
  const counted = await countedBy(dossier, command, paperIds)
  if (counted === null) return null
  const here = await findMemberConflict(tx, row, { counted, on })
  return here === null ? findInOtherCounty(archiveOf(dossier), row, { officer, counted, on }) : refuse(here)
}

async function countedBy(dossier: Dossier, command: Command, paperIds: readonly string[]): Promise<string[] | null> {
  const { row } = dossier
  if (command.action === 'CONFIRM') {
    const signed = await findSignedAssessment(archiveOf(dossier), row.id, command.details.assessmentId)
    return signed?.assessment.perMember.map(({ personId }) => personId) ?? null
  }
  if (command.action === 'SUBMIT') return findWhoCounts(dossier.tx, row.id)
  if (command.action !== 'RESUBMIT') return null
  const papers = await citePapers(dossier.tx, row.id, paperIds)
  const application = papers.find(({ kind }) => kind === 'APPLICATION')
  const body = application && (await findPaperBody(archiveOf(dossier), row.id, application.paperId))
  return body ? countedIn(JSON.parse(body) as ApplicationPaper) : null
}

/** Whoever is named, or has to sign what they saw. */
function investigatorsIn(command: Command, { state }: Dossier): readonly string[] {
  if (command.action === 'BEGIN_SURVEY') return command.details.investigatorIds
  return command.action === 'COMPLETE_SURVEY' ? state.investigatorIds : []
}

/** Asked for where somebody agrees to a household, or money is let go. */
async function useOfAccount(
  dossier: Dossier,
  officer: ActingOfficer,
  { action }: Command,
): Promise<Circumstances['accountUse']> {
  const { accountId } = dossier.state
  if (accountId === null || (action !== 'GIVE_OPINION' && action !== 'RELEASE_PAYMENT')) return null
  const of = { caseId: dossier.row.id, countyId: dossier.row.countyId, accountId }
  const archive = archiveOf(dossier)
  return { ...(await readAccountUse(archive, of)), otherCounty: await findAccountElsewhere(archive, of, officer) }
}

/** Whose account is paid into, and whether an account that is given is of somebody who has died; looked up where it matters. */
async function goneOf(
  dossier: Dossier,
  command: Command,
): Promise<Pick<Circumstances, 'payeePersonId' | 'holderGone'>> {
  const payeePersonId = command.action === 'SETTLE_STATUS' ? await findPayeePerson(archiveOf(dossier), dossier) : null
  const holderGone =
    command.action === 'CORRECT_ACCOUNT' && (await isHolderGone(archiveOf(dossier), dossier, command.details.accountId))
  return { payeePersonId, holderGone }
}

function needsHolders({ action }: Command): boolean {
  return action === 'ASSIGN' || action === 'ISSUE_ORDER'
}

/**
 * An assessment binds its signer only while what it was made from is still what the archive holds, and by the rules of the
 * day on which it is signed.
 */
async function standingOfAssessment(
  dossier: Dossier,
  assessmentId: string,
  on: PlainDate,
): Promise<AssessmentStanding | null> {
  const archive = archiveOf(dossier)
  const signed = await findSignedAssessment(archive, dossier.row.id, assessmentId)
  if (signed === null) return null
  const { assessment, category } = signed
  const basis = await readAssessmentBasis(archive, dossier, { category, on })
  const current = signed.basisDigest === basisDigest(basis) && isSameProposal(assessment, assessBasis(basis))
  return {
    assessmentId,
    current,
    madeForDay: current ? null : await otherDayOf(dossier, signed, on),
    favourable: assessment.eligible && assessment.monthlyAmountFen > 0,
    amountFen: assessment.monthlyAmountFen,
    byPostedRules: await byPostedRules(dossier, assessment, category),
    category,
    categoryNeeded: basis.parameters.amountMethod() === 'CATEGORY',
  }
}

/** The day for which an assessment was made, where it would bind its signer on that day and does not on the day of the act. */
async function otherDayOf(dossier: Dossier, signed: AssessmentPaper, on: PlainDate): Promise<PlainDate | null> {
  const { assessedOn } = signed.assessment
  if (assessedOn === on) return null
  const basis = await readAssessmentBasis(archiveOf(dossier), dossier, { category: signed.category, on: assessedOn })
  return signed.basisDigest === basisDigest(basis) ? assessedOn : null
}

/**
 * What the same household would get by the rules under which its notice was posted, and the rows that are new since: so
 * that a standard that was raised meanwhile is told from a household that is better off than the village saw.
 */
async function byPostedRules(
  dossier: Dossier,
  assessment: Assessment,
  category: DibaoCategory | null,
): Promise<AssessmentStanding['byPostedRules']> {
  const { state, events } = dossier
  const opinion = events.findLast((event) => event.type === 'OPINION_GIVEN')
  if (!state.noticeHeld || opinion === undefined || assessment.monthlyAmountFen <= opinion.data.amountFen) return null
  const basis = await readAssessmentBasis(archiveOf(dossier), dossier, { category, on: opinion.occurredOn })
  const { monthlyAmountFen: amountFen, parameterVersion } = assessBasis(basis)
  const posted = new Set(parameterVersion.split(';'))
  return { amountFen, newRows: assessment.parameterVersion.split(';').filter((row) => !posted.has(row)) }
}

async function findReasonsBorneOut(
  dossier: Dossier,
  { assessmentId }: { assessmentId: string },
  on: PlainDate,
): Promise<RefusalReason[]> {
  const { row, events, placeChain } = dossier
  const signed = await findSignedAssessment(archiveOf(dossier), row.id, assessmentId)
  if (signed === null) return []
  const { household, facts } = await readAssessmentBasis(archiveOf(dossier), dossier, { category: signed.category, on })
  const hukou = household.members.find(({ relation }) => relation === 'APPLICANT')?.hukouPlaceCode
  return reasonsBorneOut({
    assessment: signed.assessment,
    discrepancies: discrepancies(household, facts),
    residenceInDoubt:
      countedMembers(household, on).length < household.members.length ||
      (hukou !== undefined && !(await isCodeWithin(dossier.tx, placeChain, hukou, on))),
    wasAskedFor: events.some(
      (event) =>
        (event.type === 'CASE_RETURNED' && event.data.to === 'CORRECTION') ||
        (event.type === 'WAITING_BEGUN' && event.data.waitsFor === 'HOUSEHOLD'),
    ),
  })
}
