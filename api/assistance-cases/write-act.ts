import { getPlaceName, placeAt } from '../matters/place-names.ts'
import { findSignedAssessment } from '../../prisma/stores/household/assessments.ts'
import { isMinor } from '../../domain/household/household.ts'
import { nameOnNotice } from '../../domain/household/name-on-notice.ts'
import type { PlainDate } from '../../domain/time/plain-date.ts'
import { readApplication } from '../../prisma/stores/household/applications.ts'
import { refusalLetter } from '../../domain/policy/refusal-letter.ts'
import type { Action } from '../../domain/procedures/words.ts'
import { namesOfOffices } from '../../prisma/stores/staff/staff.ts'
import type { ActIntake } from './act-contract.ts'
import { refuseUnknownPapers } from '../matters/known-papers.ts'
import { writeCorrectedAccount } from './write-corrected-account.ts'
import { writeResubmission } from './write-resubmission.ts'
import { writeService } from './write-service.ts'
import { writeSurvey } from './write-survey.ts'
import { type Desk, type IntakeOf, plain, type Writer, type WrittenAct } from '../matters/written-act.ts'

/** Puts an act on paper. What it may not do is for the judge to say; here it is only written down. */
export async function writeAct(intake: ActIntake, desk: Desk): Promise<WrittenAct> {
  const ofApplication = intake.action === 'RESUBMIT' ? (intake.application?.evidencePaperIds ?? []) : []
  const evidencePaperIds = [...intake.evidencePaperIds, ...ofApplication]
  await refuseUnknownPapers(desk.reading, evidencePaperIds)
  const write = writers[intake.action] as (intake: ActIntake, desk: Desk) => Promise<WrittenAct>
  const act = await write(intake, desk)
  return { ...act, citedPaperIds: [...new Set([...act.citedPaperIds, ...evidencePaperIds])] }
}

const writers: { [A in Exclude<Action, 'SUBMIT'>]: Writer<A> } = {
  ACCEPT: async () => plain<'ACCEPT'>({}),
  RETURN: async ({ to, mendingList }) => ({
    ...plain<'RETURN'>({ to }),
    drafts: [{ kind: 'MENDING_LIST', body: { items: mendingList } }],
  }),
  RESUBMIT: writeResubmission,
  BEGIN_SURVEY: async ({ investigatorIds }) => plain<'BEGIN_SURVEY'>({ investigatorIds }),
  COMPLETE_SURVEY: writeSurvey,
  SIGN_SURVEY: async ({ agrees, reason }) => ({
    ...plain<'SIGN_SURVEY'>({ agrees }),
    drafts: reason === undefined ? [] : [{ kind: 'REASON', body: { text: reason } }],
  }),
  ASK_REGISTERS: async ({ reason }) => reasoned<'ASK_REGISTERS'>({}, { text: reason }),
  GIVE_OPINION: async (intake) => writeFinding(intake),
  REVIEW_FILE: async (intake) => writeFinding(intake),
  CONFIRM: async (intake) => {
    const { assessmentId, category = null, unknownSources } = intake
    const details = { assessmentId, category, unknownSources }
    return { ...signed(intake, details), details }
  },
  REFUSE: writeRefusal,
  POST_NOTICE: writeNotice,
  HAND_UP: async () => plain<'HAND_UP'>({}),
  SERVE_REFUSAL: writeService,
  VISIT_HOUSEHOLD: async ({ findings }) => reasoned<'VISIT_HOUSEHOLD'>({}, { text: findings }),
  EXPLAIN_ACCOUNT: async ({ accountId, reason }) => reasoned<'EXPLAIN_ACCOUNT'>({ accountId }, { text: reason }),
  SETTLE_STATUS: async ({ statusId, answer, on, reason }) =>
    reasoned<'SETTLE_STATUS'>({ statusId, answer, on: on ?? null }, { text: reason }),
  END_BENEFIT: async ({ reason }) => reasoned<'END_BENEFIT'>({}, { text: reason }),
  CORRECT_ACCOUNT: writeCorrectedAccount,
  PREPARE_PAYMENT: async () => plain<'PREPARE_PAYMENT'>({}),
  AGREE_ACCOUNT: async ({ accountId }) => plain<'AGREE_ACCOUNT'>({ accountId }),
  RELEASE_PAYMENT: async ({ seenDigest }) => plain<'RELEASE_PAYMENT'>(seenDigest === undefined ? {} : { seenDigest }),
  EXTEND: async ({ cause, reason }) => reasoned<'EXTEND'>({ cause }, { text: reason }),
  WITHDRAW: async ({ reason }) => reasoned<'WITHDRAW'>({}, { text: reason }),
  AWAIT: async ({ waitsFor, throughDay, reason }) => reasoned<'AWAIT'>({ waitsFor, throughDay }, { text: reason }),
  END_WAITING: async () => plain<'END_WAITING'>({}),
  MARK_RISK: async ({ mark, reason }) => ({
    ...plain<'MARK_RISK'>({ mark }),
    drafts: [{ kind: 'RISK_NOTE', body: { text: reason } }],
  }),
  ASSIGN: async ({ role, officerId }) => plain<'ASSIGN'>({ role, officerId }),
  URGE: async ({ limit, run, text }) => ({
    ...plain<'URGE'>({ limit, run }),
    drafts: text === undefined ? [] : [{ kind: 'REASON', body: { text } }],
  }),
  ISSUE_ORDER: async ({ limit, run, officeId, text }) => ({
    ...plain<'ISSUE_ORDER'>({ limit, run, officeId }),
    drafts: [{ kind: 'SUPERVISION_ORDER', body: { text } }],
  }),
  ANSWER_ORDER: async ({ text }) => ({
    ...plain<'ANSWER_ORDER'>({}),
    drafts: [{ kind: 'SUPERVISION_ANSWER', body: { text } }],
  }),
  CLOSE_ORDER: async ({ reason }) => reasoned<'CLOSE_ORDER'>({}, { text: reason }),
}

type Reasoned =
  | 'ASK_REGISTERS'
  | 'EXPLAIN_ACCOUNT'
  | 'VISIT_HOUSEHOLD'
  | 'SETTLE_STATUS'
  | 'END_BENEFIT'
  | 'EXTEND'
  | 'WITHDRAW'
  | 'AWAIT'
  | 'CLOSE_ORDER'

function reasoned<A extends Reasoned>(details: WrittenAct<A>['details'], body: object): WrittenAct<A> {
  return { details, drafts: [{ kind: 'REASON', body }], citedPaperIds: [] }
}

type Signature = Pick<IntakeOf<'GIVE_OPINION'>, 'agrees' | 'assessmentId' | 'category' | 'unknownSources'>

function findingOf({ agrees, assessmentId, category, unknownSources }: Signature) {
  return { agrees, assessmentId, category: category ?? null, unknownSources }
}

function writeFinding(intake: Signature & { opinion: string }) {
  const details = findingOf(intake)
  return { ...signed(intake, details), details }
}

/** The opinion repeats what was signed, so that it can be read on its own; the assessment goes with it. */
function signed({ assessmentId, opinion }: { assessmentId: string; opinion: string }, details: object) {
  return { drafts: [{ kind: 'OPINION' as const, body: { opinion, ...details } }], citedPaperIds: [assessmentId] }
}

/** The letter says what the assessment found. Without one there is no letter, and the judge says what is missing. */
async function writeRefusal(intake: IntakeOf<'REFUSE'>, desk: Desk): Promise<WrittenAct<'REFUSE'>> {
  const { assessmentId, reasons: grounds } = intake
  const reasons = grounds.map(({ code }) => code)
  const { reading, asker, occurredOn } = desk
  const { db, row, state, places } = reading
  const found = await findSignedAssessment(reading, row.id, assessmentId)
  const act = { details: { assessmentId, reasons }, drafts: [], citedPaperIds: [assessmentId] }
  if (found === null) return act
  const county = getPlaceName(places, 'COUNTY')
  const letter = refusalLetter({
    householdHead: row.title,
    placeName: placeAt(places).name,
    officeName: (await namesOfOffices(db, [asker.officeId])).get(asker.officeId) ?? county,
    appliedOn: state.appliedOn ?? occurredOn,
    decidedOn: occurredOn,
    assessment: found.assessment,
    reasons: grounds,
    reconsiderationBody: `${county}人民政府`,
    court: `${county}人民法院`,
  })
  return { ...act, drafts: [{ kind: 'REFUSAL_LETTER', body: letter }] }
}

/** The sheet on the wall says who counts, where, how many and how much, and nothing else (57 Art. 19). */
async function writeNotice(
  intake: IntakeOf<'POST_NOTICE'>,
  { reading, occurredOn }: Desk,
): Promise<WrittenAct<'POST_NOTICE'>> {
  const { state, places } = reading
  const names = await namesOnNotice(reading, occurredOn)
  const sheet = {
    title: names.head,
    placeName: placeAt(places).name,
    memberCount: names.counted.length,
    memberNames: names.counted,
    monthlyAmountFen: state.opinion?.amountFen ?? 0,
  }
  return {
    details: {},
    drafts: [
      { kind: 'NOTICE_SHEET', body: sheet },
      { kind: 'REASON', body: { noticePlace: intake.noticePlace } },
    ],
    citedPaperIds: [],
  }
}

/** Those who count by the assessment that the opinion rests on, minors shortened. */
async function namesOnNotice(reading: Desk['reading'], on: PlainDate): Promise<{ head: string; counted: string[] }> {
  const { intake, personIds } = await readApplication(reading, reading.row.id, reading.events)
  const { opinion } = reading.state
  const signed = opinion && (await findSignedAssessment(reading, reading.row.id, opinion.assessmentId))
  const counted = signed?.assessment.perMember.map(({ personId }) => personId) ?? personIds
  const shown = intake.members.map((member, index) => ({
    personId: personIds[index] as string,
    name: nameOnNotice(member.name, { isMinor: isMinor(member.birthDate, on) }),
  }))
  return {
    head: shown[0]?.name ?? '',
    counted: shown.filter(({ personId }) => counted.includes(personId)).map(({ name }) => name),
  }
}
