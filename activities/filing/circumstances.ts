import type {
  ActingOfficer,
  AssessmentStanding,
  Circumstances,
  PaymentInView,
} from '../../domain/case/circumstances.ts'
import type { Command } from '../../domain/case/commands.ts'
import { addDays } from '../../domain/time/plain-date.ts'
import { findInvestigators } from '../../prisma/stores/acting-officer.ts'
import { basisDigest, findSignedAssessment, readAssessmentBasis } from '../../prisma/stores/assessments.ts'
import { findHolders, mayBeAssigned } from '../../prisma/stores/assignable.ts'
import { findMemberConflict } from '../../prisma/stores/conflicts.ts'
import { isRelativeFiled } from '../../prisma/stores/relatives.ts'
import type { Dossier } from '../../prisma/stores/dossier.ts'
import { findAccountDigest } from '../../prisma/stores/payee-accounts.ts'
import { readPayment } from '../../prisma/stores/payment-orders.ts'
import { citePapers } from '../../prisma/stores/papers.ts'
import { findPreparer } from '../../prisma/stores/participation.ts'
import { parametersOf } from './enter-events.ts'
import { stableId } from '../../platform/stable-id.ts'

/** Everything the judge needs besides the state; only what this act calls for is loaded. */
export async function loadCircumstances(
  dossier: Dossier,
  officer: ActingOfficer,
  command: Command,
  paperIds: readonly string[],
): Promise<Circumstances> {
  const { tx, row, state, events, today } = dossier
  const parameters = parametersOf(dossier)
  const { action, details } = command
  return {
    today,
    officer,
    parameters,
    papers: await citePapers(tx, row.id, paperIds),
    eventsSinceSeen: events.filter((event) => event.seq > command.versionSeen).map((event) => event.type),
    assessment: 'assessmentId' in details ? await standingOfAssessment(dossier, details.assessmentId) : null,
    matchingFresh: matchingIsFresh(dossier, parameters.matchingShelfLifeDays()),
    investigatorsOfTownship:
      action === 'BEGIN_SURVEY' ? await findInvestigators(dossier, command.details.investigatorIds) : [],
    memberConflict: action === 'SUBMIT' ? await findMemberConflict(tx, row) : null,
    accountDigest:
      'accountId' in details ? await findAccountDigest(archiveOf(dossier), row.id, details.accountId) : null,
    payment: command.action === 'RELEASE_PAYMENT' ? await viewPayment(dossier, command.details.seenDigest) : null,
    preparedBy: state.instruction === null ? null : await findPreparer(tx, row.id),
    benefitId: stableId(row.id, 'BENEFIT'),
    holders: needsHolders(command) ? await findHolders(tx, row.id) : [],
    assigneeMayAct: command.action === 'ASSIGN' && (await mayBeAssigned(dossier, command.details)),
    orderId: stableId(officer.officerId, command.requestId, 'ORDER'),
    relativeFiled: command.inBulk === true && (await isRelativeFiled(tx, row.id, today)),
  }
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

function needsHolders({ action }: Command): boolean {
  return action === 'ASSIGN' || action === 'ISSUE_ORDER'
}

/** An assessment binds its signer only while what it was made from is still what the archive holds. */
async function standingOfAssessment(dossier: Dossier, assessmentId: string): Promise<AssessmentStanding | null> {
  const archive = archiveOf(dossier)
  const signed = await findSignedAssessment(archive, dossier.row.id, assessmentId)
  if (signed === null) return null
  const { assessment, category } = signed
  const basis = await readAssessmentBasis(archive, dossier, category)
  return {
    assessmentId,
    current: signed.basisDigest === basisDigest(basis),
    favourable: assessment.eligible && assessment.monthlyAmountFen > 0,
    amountFen: assessment.monthlyAmountFen,
    category,
    categoryNeeded: basis.parameters.amountMethod() === 'CATEGORY',
  }
}

/** Answers to the request in force; those of an earlier survey no longer count. */
function matchingIsFresh({ events, state, today }: Dossier, shelfLifeDays: number): boolean {
  return events.every(
    (event) =>
      event.type !== 'MATCHING_ANSWERED' ||
      event.data.matchingRequestId !== state.matching?.matchingRequestId ||
      addDays(event.occurredOn, shelfLifeDays) >= today,
  )
}
