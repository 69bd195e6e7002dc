import { factTypes } from '../../domain/procedures/words.ts'
import { limitKeys } from '../../domain/matter/limit-keys.ts'
import { z } from '../../domain/schemas/zod.ts'
import {
  capacities,
  civilStatuses,
  deadlineStates,
  dibaoCategories,
  evidenceKinds,
  hardships,
  incomeKinds,
  matchingSources,
  paperKinds,
  programmes,
  propertyKinds,
  relations,
  residenceKinds,
  returnReasons,
  holdReasons,
  accountCheckResults,
  reviewKinds,
  riskMarks,
  roles,
  sourceAnswers,
  waitedForParties,
} from '../../domain/vocabulary.ts'
import { actions, outcomes, stages } from '../../domain/procedures/words.ts'
import { documentKinds } from '../../domain/household/identity-number.ts'
import { askedStandings } from '../../domain/household/asked-persons.ts'
import { PossibleAct } from '../matters/form-contract.ts'
import { at, day, Fault, fen, id } from '../http/nouns.ts'

export const PlaceName = z.object({ placeId: id, name: z.string() })

const CaseHead = z.object({
  matterId: id,
  matterNumber: z.string(),
  programme: z.enum(programmes),
  stage: z.enum(stages),
  stageLabel: z.string(),
  outcome: z.enum(outcomes).nullable(),
  outcomeLabel: z.string().nullable(),
  version: z.int(),
  title: z.string(),
  memberCount: z.int(),
  residenceKind: z.enum(residenceKinds),
  place: PlaceName,
  appliedOn: day.nullable(),
  acceptedOn: day.nullable(),
})

/** What a member declared: for those who handle the case. */
const MemberDetails = z.object({
  birthDate: day,
  sex: z.string(),
  mobile: z.string().nullable(),
  hukouPlaceCode: z.string(),
  residesInHousehold: z.boolean(),
  workCapable: z.boolean(),
  income: z.array(z.object({ kind: z.enum(incomeKinds), monthlyFen: fen })),
  property: z.array(z.object({ kind: z.enum(propertyKinds), valueFen: fen, description: z.string() })),
  hardships: z.array(z.enum(hardships)),
})

/** Identity numbers are always masked. `details` is null for roles that do not handle cases. */
const Member = z.object({
  personId: id,
  name: z.string(),
  relation: z.enum(relations),
  relationLabel: z.string(),
  /** Why and since when they belong to the household no more; null while they do. */
  off: z.object({ status: z.enum(civilStatuses), label: z.string(), since: day.nullable() }).nullable(),
  /** Whether they count as declared; who is only listed may apply elsewhere. */
  counts: z.boolean(),
  documentKind: z.enum(documentKinds),
  documentKindLabel: z.string(),
  identityNumber: z.string(),
  details: MemberDetails.nullable(),
})

const Account = z.object({
  holderName: z.string(),
  /** The holder's name as the bank writes it, where that is another writing. */
  nameAtBank: z.string().nullable(),
  kindLabel: z.string(),
  bankName: z.string(),
  numberTail: z.string(),
  /** What speaks against the number, though it was taken. */
  warning: z.string().nullable(),
})

/** An account put right after the decision, until another officer agrees; `checked` is the bank's word on name and number. */
const AccountCorrection = Account.extend({
  accountId: id,
  checked: z.enum(accountCheckResults).nullable(),
  checkedLabel: z.string().nullable(),
})

const MatchedFactView = z.object({
  factId: id,
  source: z.enum(matchingSources),
  sourceLabel: z.string(),
  personId: id,
  kind: z.enum(['INCOME', 'PROPERTY']),
  incomeKind: z.enum(incomeKinds).nullable(),
  propertyKind: z.enum(propertyKinds).nullable(),
  amountFen: fen,
  description: z.string(),
  observedOn: day,
  answeredOn: day,
  validUntil: day,
})

const DiscrepancyView = z.object({
  personId: id,
  subject: z.enum(['INCOME', 'PROPERTY']),
  kind: z.union([z.enum(incomeKinds), z.enum(propertyKinds)]),
  declaredFen: fen,
  foundFen: fen,
  differenceFen: fen,
  factIds: z.array(id),
})

/**
 * `PENDING` and `NO_ANSWER` mean that nothing is known: never zero. Facts, and what could not be read, only for those who
 * handle the case.
 */
const MatchingView = z.object({
  matchingRequestId: id,
  answers: z.array(
    z.object({
      source: z.enum(matchingSources),
      label: z.string(),
      answer: z.enum([...sourceAnswers, 'PENDING']),
      answerLabel: z.string(),
      /** The answer may not be relied on any more: ask again, or sign for it by name. */
      expired: z.boolean(),
      /** Each person that was asked about: whether this register has answered for them without a doubt. */
      persons: z.array(z.object({ personId: id, standing: z.enum(askedStandings), standingLabel: z.string() })),
      /** Items about somebody who was not asked about. They are no part of the case; a person looks at them elsewhere. */
      unplaced: z.int(),
      notUnderstood: z.int(),
    }),
  ),
  /** What a register said that could not be read, as it came. */
  notUnderstood: z.array(
    z.object({
      itemId: id,
      source: z.enum(matchingSources).nullable(),
      sourceLabel: z.string(),
      label: z.string(),
      faults: z.array(z.string()),
      raw: z.string(),
    }),
  ),
  facts: z.array(MatchedFactView),
  /** What registers say of persons beside income and property; without an answer where somebody still has to deal with it. */
  statuses: z.array(
    z.object({
      statusId: id,
      source: z.enum(matchingSources),
      sourceLabel: z.string(),
      personId: id,
      status: z.enum(civilStatuses),
      statusLabel: z.string(),
      description: z.string(),
      observedOn: day.nullable(),
      open: z.boolean(),
    }),
  ),
  discrepancies: z.array(DiscrepancyView),
})

const AssessmentSummary = z.object({
  assessmentId: id,
  assessedOn: day,
  eligible: z.boolean(),
  monthlyAmountFen: fen,
  category: z.enum(dibaoCategories).nullable(),
})

/** That more is granted than was posted, because a document raised the rate in between; `sentence` says so to people. */
const RaisedView = z.object({ postedFen: fen, sources: z.array(z.string()), sentence: z.string() })

const FindingView = z.object({
  agrees: z.boolean(),
  assessmentId: id,
  amountFen: fen,
  category: z.enum(dibaoCategories).nullable(),
  unknownSources: z.array(z.enum(matchingSources)),
  raised: RaisedView.nullable(),
})

const DecisionView = z.object({ decidedOn: day, granted: z.boolean(), finding: FindingView.nullable() })

const BenefitView = z.object({
  benefitId: id,
  active: z.boolean(),
  firstMonth: z.string(),
  monthlyAmountFen: fen,
  category: z.enum(dibaoCategories).nullable(),
  nextReviewOn: day,
  /** Reviews that are open, those that a death or a change owes among them. */
  reviews: z.array(z.object({ kind: z.enum(reviewKinds), label: z.string(), dueOn: day })),
  /** Who counts, and is paid for. */
  memberPersonIds: z.array(id),
})

const PaymentView = z.object({
  instructionId: z.string(),
  month: z.string(),
  issue: z.int(),
  amountFen: fen,
  state: z.enum(['PREPARED', 'VOIDED', 'RELEASED', 'SENT', 'PAID', 'RETURNED']),
  /** Why nothing is sent (暂停发放); empty when nothing holds it. */
  heldFor: z.array(z.object({ reason: z.enum(holdReasons), label: z.string() })),
  sentAt: at.nullable(),
  settledAt: at.nullable(),
  returnReason: z.enum(returnReasons).nullable(),
  returnReasonLabel: z.string().nullable(),
})

export const Holder = z.object({ officeName: z.string(), role: z.enum(roles), roleLabel: z.string(), since: at })

/** That a calendar that came later moved the due date; `sentence` says so to people. */
const DeadlineMoveView = z.object({
  fromDueOn: day,
  toDueOn: day,
  reason: z.string(),
  calendarVersionBefore: z.string(),
  calendarVersionAfter: z.string(),
  at,
  sentence: z.string(),
})

/** Days of a limit by whoever used them; `PAUSED` while a document of the place stopped the clock. */
export const ChargedDays = z.object({
  OFFICE: z.int(),
  HOUSEHOLD: z.int(),
  MATCHING_CENTRE: z.int(),
  OTHER_OFFICE: z.int(),
  PAUSED: z.int(),
})

const DeadlineView = z.object({
  limit: z.enum(limitKeys),
  label: z.string(),
  run: z.int(),
  startedOn: day,
  dueOn: day,
  dueAt: at,
  state: z.enum(deadlineStates),
  stateLabel: z.string(),
  provisional: z.boolean(),
  assumed: z.boolean(),
  source: z.string(),
  /** When the office's own days are used up; null while it waits for another without an end. */
  ownDueAt: at.nullable(),
  chargedDays: ChargedDays,
  /** Moves by calendars that came later, in order. */
  moves: z.array(DeadlineMoveView),
})

const TimelineEntry = z.object({
  seq: z.int(),
  eventId: id,
  type: z.enum(factTypes),
  label: z.string(),
  occurredOn: day,
  recordedAt: at,
  actorName: z.string().nullable(),
  /** The holder of the post, where a stand-in acted. */
  standsInForName: z.string().nullable(),
  role: z.enum(roles).nullable(),
  capacity: z.enum(capacities).nullable(),
  officeName: z.string().nullable(),
  /** Typed in on a later day than it happened. */
  lateEntry: z.boolean(),
  /** Done by somebody who has to keep away from the case by what was filed since; only for those who read risks. */
  byRecused: z.boolean(),
  papers: z.array(z.object({ paperId: id, kind: z.enum(paperKinds), kindLabel: z.string() })),
})

const PaperOfCase = z.object({
  paperId: id,
  kind: z.enum(paperKinds),
  kindLabel: z.string(),
  /** Of a file that was handed in: what it shows and what it is called. */
  evidenceKind: z.enum(evidenceKinds).nullable(),
  evidenceKindLabel: z.string().nullable(),
  title: z.string().nullable(),
  fileName: z.string().nullable(),
  contentType: z.string(),
  writtenByName: z.string(),
  writtenAt: at,
  citedBy: z.array(z.object({ eventId: id, label: z.string() })),
})

/** How the case has gone beside its limits, which begin anew with each return: a household waits through all of it. */
const CourseView = z.object({
  /** When the application that was accepted had been handed in complete; null before. */
  firstCompleteOn: day.nullable(),
  /** From the first application through the decision, or until today. */
  workingDaysInAll: z.int(),
  askedToMend: z.array(
    z.object({
      eventId: id,
      occurredOn: day,
      paperId: id.nullable(),
      /** They had been asked before: was all of it asked that could be seen then? */
      again: z.boolean(),
    }),
  ),
})

/** For whom the case waited or waits, from the day after `from`; `throughDay` is null while nobody can say. */
const WaitView = z.object({
  waitsFor: z.enum(waitedForParties),
  label: z.string(),
  from: day,
  throughDay: day.nullable(),
  pausedLimits: z.array(z.enum(limitKeys)),
})

/** A case as one officer may see it. */
export const CaseView = z
  .object({
    case: CaseHead,
    household: z.object({
      members: z.array(Member),
      account: Account.nullable(),
      /** Newborns known by their birth certificate, and by when their number is to be added; for those who handle the case. */
      numbersOwed: z.array(z.object({ personId: id, name: z.string(), dueOn: day })),
      /** What is seldom so in relations and ages; for those who handle the case. */
      warnings: z.array(Fault),
    }),
    accountCorrection: AccountCorrection.nullable(),
    /** Who else in the county is paid by the account, and who keeps it; for those who handle the case, null for others. */
    accountUse: z
      .object({
        accountId: id,
        households: z.int(),
        keeper: z.object({ name: z.string(), relation: z.string(), agreedOn: day, households: z.int() }).nullable(),
        agreementMissing: z.boolean(),
        explained: z.boolean(),
      })
      .nullable(),
    matching: MatchingView.nullable(),
    /** Who visits or visited the household, and who of them has yet to sign the sheet that was entered. */
    investigators: z.array(z.object({ officerId: id, name: z.string(), owesSignature: z.boolean() })),
    assessment: AssessmentSummary.nullable(),
    opinion: FindingView.nullable(),
    decision: DecisionView.nullable(),
    noticeThroughDay: day.nullable(),
    benefit: BenefitView.nullable(),
    payment: PaymentView.nullable(),
    holders: z.array(Holder),
    allowedActions: z.array(z.enum(actions)),
    /** Every act that the stage allows: whether the asker may do it now, and if not, why. */
    possibleActs: z.array(PossibleAct),
    waits: z.array(WaitView),
    riskMarks: z.array(z.object({ mark: z.enum(riskMarks), label: z.string() })),
    assignees: z.array(z.object({ role: z.enum(roles), officerId: id, name: z.string() })),
    order: z.object({ orderId: id, number: z.int(), officeName: z.string(), answered: z.boolean() }).nullable(),
    course: CourseView,
    deadlines: z.array(DeadlineView),
    timeline: z.array(TimelineEntry),
    /** All papers of the case that the asker may open, cited or not, the first first. */
    papers: z.array(PaperOfCase),
  })
  .meta({ id: 'Case' })
export type CaseView = z.infer<typeof CaseView>

export const DeadlineParams = z.strictObject({
  matterId: id,
  limit: z.enum(limitKeys),
  run: z.coerce.number().int().min(1).max(1000),
})

/** Why a due date falls where it falls: every day from the first counted one to the last. */
export const DeadlineStrip = z
  .object({
    deadline: DeadlineView,
    days: z.array(
      z.object({
        day,
        reason: z.enum(['WORKDAY', 'WEEKEND', 'HOLIDAY', 'MAKE_UP_WORKDAY']),
        name: z.string().optional(),
        source: z.string().optional(),
        /** The place whose own day it is. */
        place: id.optional(),
        counted: z.boolean(),
        /** It would count, but the clock stood still. */
        paused: z.boolean(),
        /** Whose day it was, where somebody else was waited for. */
        chargedTo: z.enum(waitedForParties).nullable(),
        number: z.int().optional(),
        provisional: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'DeadlineStrip' })
