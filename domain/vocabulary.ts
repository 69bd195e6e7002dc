/**
 * The closed lists of words of the system, one list for each. Everything else (zod, Prisma, Chinese labels, tables of
 * permitted actions) is a map over these and does not compile while it is incomplete.
 */

/** A programme of assistance. 最低生活保障. Further programmes join here with their own procedure. */
export const programmes = ['DIBAO'] as const
export type Programme = (typeof programmes)[number]

/** Which course of law a matter follows. 办件种类. Each has its procedure. */
export const matterKinds = ['ASSISTANCE_CASE'] as const
export type MatterKind = (typeof matterKinds)[number]

/** Urban or rural standard applies to a place (城市低保, 农村低保). */
export const residenceKinds = ['URBAN', 'RURAL'] as const
export type ResidenceKind = (typeof residenceKinds)[number]

/** The four fixed-amount categories of rural dibao (一类 to 四类). */
export const dibaoCategories = ['I', 'II', 'III', 'IV'] as const
export type DibaoCategory = (typeof dibaoCategories)[number]

/** How a place computes the amount: by difference to the standard (补差) or by fixed category (分档). */
export const amountMethods = ['DIFFERENCE', 'CATEGORY'] as const
export type AmountMethod = (typeof amountMethods)[number]

/** Relation of a household member to the applicant. */
export const relations = [
  'APPLICANT',
  'SPOUSE',
  'CHILD',
  'PARENT',
  'GRANDPARENT',
  'GRANDCHILD',
  'SIBLING',
  'OTHER_SUPPORTED',
] as const
export type Relation = (typeof relations)[number]

/** Kinds of income, 57 Art. 12. */
export const incomeKinds = ['WAGE', 'BUSINESS', 'PROPERTY', 'TRANSFER', 'FARMING', 'OTHER'] as const
export type IncomeKind = (typeof incomeKinds)[number]

/** Kinds of property, 57 Art. 14. */
export const propertyKinds = ['DEPOSIT', 'SECURITIES', 'REAL_ESTATE', 'VEHICLE', 'COMPANY_SHARE', 'OTHER'] as const
export type PropertyKind = (typeof propertyKinds)[number]

/** Things that a household has and a place does not count (不计入家庭财产): which of them, its dated list says. */
export const exemptionKeys = ['DISABLED_VEHICLE', 'LIVELIHOOD_VEHICLE', 'LIVELIHOOD_TOOL'] as const
export type ExemptionKey = (typeof exemptionKeys)[number]

/** Hardships a household declares; health facts, so they are kept encrypted. */
export const hardships = [
  'SERIOUS_ILLNESS',
  'SEVERE_DISABILITY',
  'DISABILITY',
  'MINOR_CHILDREN',
  'ELDERLY',
  'UNEMPLOYMENT',
  'SCHOOLING',
  'DISASTER',
  'OTHER',
] as const
export type Hardship = (typeof hardships)[number]

/** Registers that the matching centre asks (L26 Art. 41). */
export const matchingSources = [
  'HOUSEHOLD_REGISTRATION',
  'SOCIAL_INSURANCE',
  'TAX',
  'REAL_ESTATE',
  'VEHICLES',
  'MARKET_REGULATION',
  'HOUSING_FUND',
  'BANK_DEPOSITS',
] as const
export type MatchingSource = (typeof matchingSources)[number]

/** What one source said. A source with no answer is unknown, never zero. */
export const sourceAnswers = ['FOUND', 'NONE_FOUND', 'NO_ANSWER'] as const
export type SourceAnswer = (typeof sourceAnswers)[number]

/** Kinds of due dates: counted in working days, natural days, hours, or a fixed calendar day. */
export const clockKinds = ['WORKING_DAYS', 'NATURAL_DAYS', 'HOURS', 'FIXED_DAY'] as const
export type ClockKind = (typeof clockKinds)[number]

/** How a computed amount becomes whole yuan: no national rule is known, so it is a field of the standard. */
export const roundingPolicies = ['HOUSEHOLD_UP_TO_YUAN', 'HOUSEHOLD_HALF_UP_TO_YUAN', 'EXACT_FEN'] as const
export type RoundingPolicy = (typeof roundingPolicies)[number]

/** The part a person takes in one case. A person holds one capacity in one case. */
export const capacities = ['HANDLE', 'REVIEW', 'CONFIRM', 'PREPARE', 'RELEASE', 'SUPERVISE'] as const
export type Capacity = (typeof capacities)[number]

/** What a post is for. 岗位. */
export const roles = [
  'VILLAGE_CLERK',
  'TOWNSHIP_HANDLER',
  'TOWNSHIP_LEADER',
  'COUNTY_HANDLER',
  'COUNTY_APPROVER',
  'FINANCE_OFFICER',
  'COUNTY_SUPERVISOR',
  'CITY_SUPERVISOR',
  'AUDITOR',
  'ADMINISTRATOR',
] as const
export type Role = (typeof roles)[number]

/** Levels of government, lowest first. */
export const levels = ['VILLAGE', 'TOWNSHIP', 'COUNTY', 'CITY', 'PROVINCE', 'NATION'] as const
export type Level = (typeof levels)[number]

/** Kinds of offices. A county's finance bureau stands beside its civil affairs bureau. */
export const officeKinds = [
  'VILLAGE_COMMITTEE',
  'TOWNSHIP_GOVERNMENT',
  'CIVIL_AFFAIRS_BUREAU',
  'FINANCE_BUREAU',
] as const
export type OfficeKind = (typeof officeKinds)[number]

/** Kinds of papers. Papers are immutable and mean nothing until an event cites them. */
export const paperKinds = [
  'APPLICATION',
  'EVIDENCE',
  'MENDING_LIST',
  'SURVEY_SHEET',
  'ASSESSMENT',
  'OPINION',
  'NOTICE_SHEET',
  'REFUSAL_LETTER',
  'REASON',
  'SUPERVISION_ORDER',
  'SUPERVISION_ANSWER',
  'RISK_NOTE',
] as const
export type PaperKind = (typeof paperKinds)[number]

/** What a file that is handed in shows. */
export const evidenceKinds = [
  'ID_DOCUMENT',
  'HOUSEHOLD_REGISTER',
  'INCOME_PROOF',
  'PROPERTY_PROOF',
  'MEDICAL_PROOF',
  'AUTHORISATION',
  'SURVEY_RECORD',
  'NOTICE_PHOTO',
  'SERVICE_PROOF',
  'AGREEMENT',
  'STATEMENT',
  'DEATH_PROOF',
  'OTHER',
] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

/**
 * In which capacity somebody was there when a household was visited: a member, the guardian or agent of one, or whoever
 * cares for a child alone or for somebody without capacity (57 Art. 16; 民法典 Art. 27, 28, 163).
 */
export const presentCapacities = ['MEMBER', 'GUARDIAN', 'AGENT', 'CARER'] as const
export type PresentCapacity = (typeof presentCapacities)[number]

/**
 * How a letter is served: handed over, left with witnesses after it was not taken, by post, by public notice
 * (直接送达、留置送达、邮寄送达、公告送达; 民事诉讼法 Art. 88, 89, 91, 95, which administrative letters follow).
 */
export const serviceManners = ['IN_PERSON', 'LEFT', 'BY_POST', 'BY_NOTICE'] as const
export type ServiceManner = (typeof serviceManners)[number]

/** In which capacity somebody took a letter: the applicant, a grown member of the household, an agent. */
export const receivingCapacities = ['SELF', 'ADULT_MEMBER', 'AGENT'] as const
export type ReceivingCapacity = (typeof receivingCapacities)[number]

/** How a due date ended or stands. A breach is never erased; an act in time that was typed in late is shown as such. */
export const deadlineStates = ['OPEN', 'MET', 'BREACHED', 'MET_LATE', 'ENTERED_LATE', 'CANCELLED'] as const
export type DeadlineState = (typeof deadlineStates)[number]

/** Causes for which the total may be extended once: special circumstances (57 Art. 22), which 83 part 4(1) lists. */
export const extensionCauses = [
  'OBJECTION',
  'LIVES_AWAY_FROM_HUKOU',
  'APPLIED_ELSEWHERE',
  'HARD_SURVEY',
  'SPECIAL_CIRCUMSTANCES',
] as const
export type ExtensionCause = (typeof extensionCauses)[number]

/** Why a household is refused; the letter words each. */
export const refusalReasons = [
  'INCOME_OVER_STANDARD',
  'PROPERTY_OVER_LIMIT',
  'UNDECLARED_INCOME_OR_PROPERTY',
  'NOT_RESIDENT',
  'DOES_NOT_COOPERATE',
  'OTHER',
] as const
export type RefusalReason = (typeof refusalReasons)[number]

/** Why the bank sent money back. */
export const returnReasons = [
  'NAME_MISMATCH',
  'ACCOUNT_CLOSED',
  'FROZEN',
  'INVALID_NUMBER',
  'DORMANT',
  'DECEASED',
  'OTHER',
] as const
export type ReturnReason = (typeof returnReasons)[number]

/** Kinds of re-verification (57 Art. 31). */
/** What a register says of a person beside income and property. `OTHER` says nothing that a rule asks about. */
export const civilStatuses = ['DEAD', 'IMPRISONED', 'MOVED_AWAY', 'NOT_THE_PERSON', 'OTHER'] as const
export type CivilStatus = (typeof civilStatuses)[number]

/** What an officer answers to it: the member belongs to the household no more, or the register is wrong. */
export const statusAnswers = ['MEMBER_OFF', 'REGISTER_WRONG'] as const
export type StatusAnswer = (typeof statusAnswers)[number]

export const reviewKinds = ['ANNUAL', 'HALF_YEARLY', 'CHANGE', 'DEATH'] as const
export type ReviewKind = (typeof reviewKinds)[number]

/** For whom a case may have to wait: the days that this takes are charged to them, not to the office that waits. */
export const waitedForParties = ['HOUSEHOLD', 'MATCHING_CENTRE', 'OTHER_OFFICE'] as const
export type WaitedForParty = (typeof waitedForParties)[number]

/** The ladder of supervision, lowest rung first. 提醒, 催办, 督办, 通报. */
export const supervisionRungs = ['REMINDER', 'URGING', 'ORDER', 'CIRCULAR'] as const
export type SupervisionRung = (typeof supervisionRungs)[number]

/** What sets a case apart from those alike: it is looked at singly (57 Art. 11, 20). */
export const riskMarks = ['RELATIVE_FILED', 'COMPLAINT', 'SAMPLED'] as const
export type RiskMark = (typeof riskMarks)[number]

/** Why an officer is away from a post for some days. */
export const absenceCauses = ['LEAVE', 'TRAINING', 'SECONDMENT', 'ILLNESS', 'OTHER'] as const
export type AbsenceCause = (typeof absenceCauses)[number]

/** What a household is paid into: a card, a passbook (存折), another account. */
export const accountKinds = ['CARD', 'PASSBOOK', 'OTHER'] as const
export type AccountKind = (typeof accountKinds)[number]

/** What the bank says of a name and a number that are to be paid into. */
export const accountCheckResults = ['MATCHES', 'NAME_MISMATCH', 'NO_SUCH_ACCOUNT', 'NOT_USABLE'] as const
export type AccountCheckResult = (typeof accountCheckResults)[number]

/** What stops a payment before it is sent: what the archive holds is not what was decided, prepared and released. */
export const holdReasons = [
  'INSTRUCTION_DIFFERS',
  'LINE_DIFFERS',
  'DECISION_DIFFERS',
  'ASSESSMENT_DIFFERS',
  'BENEFIT_DIFFERS',
  'ACCOUNT_DIFFERS',
  'RELEASE_DIFFERS',
] as const
export type HoldReason = (typeof holdReasons)[number]

/**
 * What must not be: a post that nobody fills, a step that nobody may take, an item of supervision that nobody may read;
 * something that was set aside for a person to see, a question or an order to an institution that does not get through; a
 * procedure whose task fails again and again, so many of them that replacing stopped, an act that failed in a way that
 * nobody foresaw; a payment that is not as it was decided; a day that is over and in no seal.
 */
export const alarmKinds = [
  'POST_VACANT',
  'NOBODY_MAY_ACT',
  'NOBODY_MAY_SEE',
  'NO_OFFICE',
  'SET_ASIDE',
  'DUTY_STUCK',
  'PROCEDURE_STUCK',
  'REPLACING_STOPPED',
  'ACT_FAILED',
  'PAYMENT_HELD',
  'SEAL_OVERDUE',
] as const
export type AlarmKind = (typeof alarmKinds)[number]

/** Errors that no repetition mends, because a person has to set something up first. */
export const setUpFaults = ['CaseUnknown', 'NoOfficeForDesk', 'ParameterMissing', 'ParameterAmbiguous'] as const
export type SetUpFault = (typeof setUpFaults)[number]

/** Kinds of duties that nobody ever has two of (不相容职务). */
export const dutyFamilies = ['CASE_WORK', 'FINANCE', 'OVERSIGHT', 'ADMINISTRATION'] as const
export type DutyFamily = (typeof dutyFamilies)[number]

/** What an administrator proposes about the staff, and another agrees to. */
export const staffProposalKinds = [
  'GIVE_POST',
  'END_POST',
  'DISABLE_OFFICER',
  'ENABLE_OFFICER',
  'RECORD_IDENTITY',
  'NEW_OFFICER',
  'NEW_FIRST_PASSWORD',
  'RESET_PASSWORD',
] as const
export type StaffProposalKind = (typeof staffProposalKinds)[number]

/** Where something came from that could not be taken. */
export const setAsideSources = ['MATCHING_CENTRE', 'BANK', 'COUNTER'] as const
export type SetAsideSource = (typeof setAsideSources)[number]

/** Why it could not be taken: `FAILED` when taking it went wrong in a way that nobody foresaw. */
export const setAsideReasons = [
  'NOT_UNDERSTOOD',
  'NUMBER_UNKNOWN',
  'PERSON_NOT_ASKED',
  'DATE_NOT_POSSIBLE',
  'NOT_STORABLE',
  'FAILED',
] as const
export type SetAsideReason = (typeof setAsideReasons)[number]

/** What is written down of people at the counter besides their acts: who came in, and who looked at what. */
export const lookKinds = [
  'SIGN_IN',
  'SIGN_OUT',
  'READ_CASE',
  'OPEN_PAPER',
  'HAND_IN_FILE',
  'SEE_FULL_NUMBER',
  'TRY_ASSESSMENT',
  'LIST_CASES',
  'SEARCH_CASES',
  'EXPORT',
  'READ_STAFF',
  'READ_HAND_OVER',
  'READ_SET_ASIDE',
  'CLOSE_SET_ASIDE',
  'SEARCH_AUDIT',
  'VERIFY_AUDIT',
  'TAKE_SEAL',
  'MOVE_CLOCK',
  'ASK_OTHER_COUNTIES',
] as const
export type LookKind = (typeof lookKinds)[number]

/** How it ended: filed as an event, done otherwise, or refused. */
export const auditResults = ['FILED', 'DONE', 'REFUSED'] as const
export type AuditResult = (typeof auditResults)[number]

/** Where a line of the audit comes from: something that was done, or somebody who looked or came in. */
export const auditSources = ['ACT', 'LOOK'] as const
export type AuditSource = (typeof auditSources)[number]
