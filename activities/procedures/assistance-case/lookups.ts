import type {
  AssessmentStanding,
  CaseLookups,
  PaymentInView,
} from '../../../domain/procedures/assistance-case/circumstances.ts'
import type { ActingOfficer } from '../../../domain/matter/circumstances.ts'
import type { CaseCommand } from '../../../domain/procedures/assistance-case/details.ts'
import { type Assessment, isSameProposal } from '../../../domain/policy/assessment.ts'
import type { PlainDate } from '../../../domain/time/plain-date.ts'
import { refuse } from '../../../domain/procedures/assistance-case/refusals.ts'
import { countedMembers } from '../../../domain/household/household.ts'
import { discrepancies } from '../../../domain/household/matched-fact.ts'
import { reasonsBorneOut } from '../../../domain/policy/refusal-grounds.ts'
import type { DibaoCategory, RefusalReason } from '../../../domain/vocabulary.ts'
import { findInvestigators } from '../../../prisma/stores/matter/acting-officer.ts'
import {
  type AssessmentPaper,
  assessBasis,
  basisDigest,
  findSignedAssessment,
  readAssessmentBasis,
} from '../../../prisma/stores/household/assessments.ts'
import { readExpiredSources } from '../../../prisma/stores/matter/parameters-of-matter.ts'
import { findMemberConflict, findWhoCounts } from '../../../prisma/stores/household/conflicts.ts'
import { findInOtherCounty } from '../../../prisma/stores/household/other-counties.ts'
import type { LockedCase } from '../../../prisma/stores/matter/locked-matter.ts'
import { findAccountElsewhere, readAccountUse } from '../../../prisma/stores/household/account-use.ts'
import { findPayeePerson, isHolderGone } from '../../../prisma/stores/money/gone-payee.ts'
import { findAccountDigest } from '../../../prisma/stores/money/payee-accounts.ts'
import { readPayment } from '../../../prisma/stores/money/payment-orders.ts'
import { isCodeWithin } from '../../../prisma/stores/staff/places.ts'
import { type ApplicationPaper, countedIn } from '../../../prisma/stores/household/applications.ts'
import { citePapers, findPaperBody } from '../../../prisma/stores/matter/papers.ts'
import { findPreparer } from '../../../prisma/stores/matter/participation.ts'
import { runsOf } from '../../filing/runs.ts'
import { stableId } from '../../../platform/stable-id.ts'

/** What the rules of an application ask for beside the circumstances of every matter; only what the act calls for is loaded. */
export async function lookUpForCase(
  matter: LockedCase,
  { officer, command, paperIds, on }: Lookup,
): Promise<CaseLookups> {
  const { tx, row, state } = matter
  const { action, details } = command
  return {
    assessment: 'assessmentId' in details ? await standingOfAssessment(matter, details.assessmentId, on) : null,
    reasonsBorneOut: command.action === 'REFUSE' ? await findReasonsBorneOut(matter, command.details, on) : [],
    expiredSources: 'assessmentId' in details ? await readExpiredSources(tx, matter, on) : [],
    totalDueOn: action === 'EXTEND' ? totalDueOn(matter) : null,
    investigatorsOfTownship: await findInvestigators({ ...matter, today: on }, investigatorsIn(command, matter)),
    memberConflict: await conflictOf(matter, officer, { command, paperIds, on }),
    accountDigest:
      'accountId' in details ? await findAccountDigest(archiveOf(matter), row.id, details.accountId) : null,
    payment: command.action === 'RELEASE_PAYMENT' ? await viewPayment(matter, command.details.seenDigest) : null,
    preparedBy: state.instruction === null ? null : await findPreparer(tx, row.id),
    accountUse: await useOfAccount(matter, officer, command),
    ...(await goneOf(matter, command)),
    benefitId: stableId(row.id, 'BENEFIT'),
  }
}

type Lookup = { officer: ActingOfficer; command: CaseCommand; paperIds: readonly string[]; on: PlainDate }

function totalDueOn(matter: LockedCase): PlainDate | null {
  return runsOf(matter).findLast(({ limit }) => limit === 'TOTAL')?.due.dueOn ?? null
}

/** The payment as it would go out now; nothing of it can be said where it cannot even be read. */
async function viewPayment(matter: LockedCase, seen: string | undefined): Promise<PaymentInView | null> {
  if (matter.state.instruction === null) return null
  const { differs, digest, isDigest } = await readPayment(archiveOf(matter), matter)
  if (digest === null) return { digest: '', asSeen: null, differs: differs.length > 0 ? differs : ['ACCOUNT_DIFFERS'] }
  return { digest, asSeen: seen === undefined ? null : isDigest(seen), differs }
}

function archiveOf({ tx, cipher }: LockedCase) {
  return { db: tx, cipher }
}

/**
 * Who counts is looked at where it is declared, and again where a benefit would begin: an assessment may count others, and
 * somebody may have turned eighteen.
 */
async function conflictOf(
  matter: LockedCase,
  officer: ActingOfficer,
  { command, paperIds, on }: { command: CaseCommand; paperIds: readonly string[]; on: PlainDate },
): Promise<CaseLookups['memberConflict']> {
  const { tx, row } = matter
  const counted = await countedBy(matter, command, paperIds)
  if (counted === null) return null
  const here = await findMemberConflict(tx, row, { counted, on })
  return here === null ? findInOtherCounty(archiveOf(matter), row, { officer, counted, on }) : refuse(here)
}

async function countedBy(
  matter: LockedCase,
  command: CaseCommand,
  paperIds: readonly string[],
): Promise<string[] | null> {
  const { row } = matter
  if (command.action === 'CONFIRM') {
    const signed = await findSignedAssessment(archiveOf(matter), row.id, command.details.assessmentId)
    return signed?.assessment.perMember.map(({ personId }) => personId) ?? null
  }
  if (command.action === 'SUBMIT') return findWhoCounts(matter.tx, row.id)
  if (command.action !== 'RESUBMIT') return null
  const papers = await citePapers(matter.tx, row.id, paperIds)
  const application = papers.find(({ kind }) => kind === 'APPLICATION')
  const body = application && (await findPaperBody(archiveOf(matter), row.id, application.paperId))
  return body ? countedIn(JSON.parse(body) as ApplicationPaper) : null
}

/** Whoever is named, or has to sign what they saw. */
function investigatorsIn(command: CaseCommand, { state }: LockedCase): readonly string[] {
  if (command.action === 'BEGIN_SURVEY') return command.details.investigatorIds
  return command.action === 'COMPLETE_SURVEY' ? state.investigatorIds : []
}

/** Asked for where somebody agrees to a household, or money is let go. */
async function useOfAccount(
  matter: LockedCase,
  officer: ActingOfficer,
  { action }: CaseCommand,
): Promise<CaseLookups['accountUse']> {
  const { accountId } = matter.state
  if (accountId === null || (action !== 'GIVE_OPINION' && action !== 'RELEASE_PAYMENT')) return null
  const of = { matterId: matter.row.id, countyId: matter.row.countyId, accountId }
  const archive = archiveOf(matter)
  return { ...(await readAccountUse(archive, of)), otherCounty: await findAccountElsewhere(archive, of, officer) }
}

/** Whose account is paid into, and whether an account that is given is of somebody who has died; looked up where it matters. */
async function goneOf(
  matter: LockedCase,
  command: CaseCommand,
): Promise<Pick<CaseLookups, 'payeePersonId' | 'holderGone'>> {
  const payeePersonId = command.action === 'SETTLE_STATUS' ? await findPayeePerson(archiveOf(matter), matter) : null
  const holderGone =
    command.action === 'CORRECT_ACCOUNT' && (await isHolderGone(archiveOf(matter), matter, command.details.accountId))
  return { payeePersonId, holderGone }
}

/**
 * An assessment binds its signer only while what it was made from is still what the archive holds, and by the rules of the
 * day on which it is signed.
 */
async function standingOfAssessment(
  matter: LockedCase,
  assessmentId: string,
  on: PlainDate,
): Promise<AssessmentStanding | null> {
  const archive = archiveOf(matter)
  const signed = await findSignedAssessment(archive, matter.row.id, assessmentId)
  if (signed === null) return null
  const { assessment, category } = signed
  const basis = await readAssessmentBasis(archive, matter, { category, on })
  const current = signed.basisDigest === basisDigest(basis) && isSameProposal(assessment, assessBasis(basis))
  return {
    assessmentId,
    current,
    madeForDay: current ? null : await otherDayOf(matter, signed, on),
    favourable: assessment.eligible && assessment.monthlyAmountFen > 0,
    amountFen: assessment.monthlyAmountFen,
    byPostedRules: await byPostedRules(matter, assessment, category),
    category,
    categoryNeeded: basis.parameters.amountMethod() === 'CATEGORY',
  }
}

/** The day for which an assessment was made, where it would bind its signer on that day and does not on the day of the act. */
async function otherDayOf(matter: LockedCase, signed: AssessmentPaper, on: PlainDate): Promise<PlainDate | null> {
  const { assessedOn } = signed.assessment
  if (assessedOn === on) return null
  const basis = await readAssessmentBasis(archiveOf(matter), matter, { category: signed.category, on: assessedOn })
  return signed.basisDigest === basisDigest(basis) ? assessedOn : null
}

/**
 * What the same household would get by the rules under which its notice was posted, and the rows that are new since: so
 * that a standard that was raised meanwhile is told from a household that is better off than the village saw.
 */
async function byPostedRules(
  matter: LockedCase,
  assessment: Assessment,
  category: DibaoCategory | null,
): Promise<AssessmentStanding['byPostedRules']> {
  const { state, events } = matter
  const opinion = events.findLast((event) => event.type === 'OPINION_GIVEN')
  if (!state.noticeHeld || opinion === undefined || assessment.monthlyAmountFen <= opinion.data.amountFen) return null
  const basis = await readAssessmentBasis(archiveOf(matter), matter, { category, on: opinion.occurredOn })
  const { monthlyAmountFen: amountFen, parameterVersion } = assessBasis(basis)
  const posted = new Set(parameterVersion.split(';'))
  return { amountFen, newRows: assessment.parameterVersion.split(';').filter((row) => !posted.has(row)) }
}

async function findReasonsBorneOut(
  matter: LockedCase,
  { assessmentId }: { assessmentId: string },
  on: PlainDate,
): Promise<RefusalReason[]> {
  const { row, events, placeChain } = matter
  const signed = await findSignedAssessment(archiveOf(matter), row.id, assessmentId)
  if (signed === null) return []
  const { household, facts } = await readAssessmentBasis(archiveOf(matter), matter, { category: signed.category, on })
  const hukou = household.members.find(({ relation }) => relation === 'APPLICANT')?.hukouPlaceCode
  return reasonsBorneOut({
    assessment: signed.assessment,
    discrepancies: discrepancies(household, facts),
    residenceInDoubt:
      countedMembers(household, on).length < household.members.length ||
      (hukou !== undefined && !(await isCodeWithin(matter.tx, placeChain, hukou, on))),
    wasAskedFor: events.some(
      (event) =>
        (event.type === 'CASE_RETURNED' && event.data.to === 'CORRECTION') ||
        (event.type === 'WAITING_BEGUN' && event.data.waitsFor === 'HOUSEHOLD'),
    ),
  })
}
