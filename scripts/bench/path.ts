import type { PaperKind } from '../../domain/vocabulary.ts'
import type { Action } from '../../domain/procedures/words.ts'
import { people } from '../../prisma/seed/people.ts'
import type { BenchCase } from './bench-case.ts'

/** One act on the way of a case: by whom, with which papers, saying what. */
export type Step = Readonly<{
  action: Action
  officerId: string
  papers: readonly PaperKind[]
  /** Whether an officer assesses the household before acting. */
  assesses?: true
  details: (theCase: BenchCase) => object
}>

const { beijie, handlers, approvers } = people.xifeng
const clerk = idOf(beijie.clerks[0])
const handler = idOf(beijie.handlers[0])
const otherHandler = idOf(beijie.handlers[1])
const leader = idOf(beijie.leaders[0])
const countyHandler = idOf(handlers[0])
const approver = idOf(approvers[0])

const finding = ({ assessmentId }: BenchCase) => ({ agrees: false, assessmentId, category: null, unknownSources: [] })

/**
 * A whole case in ten acts, from application to the served refusal. A township that disagrees posts no notice, so nothing
 * on this way waits for days to pass.
 */
export const path: readonly Step[] = [
  {
    action: 'SUBMIT',
    officerId: clerk,
    papers: ['APPLICATION'],
    details: ({ personId, accountId }) => ({ memberPersonIds: [personId], applicantPersonId: personId, accountId }),
  },
  { action: 'ACCEPT', officerId: handler, papers: [], details: () => ({}) },
  {
    action: 'BEGIN_SURVEY',
    officerId: handler,
    papers: [],
    details: () => ({ investigatorIds: [handler, otherHandler] }),
  },
  {
    action: 'COMPLETE_SURVEY',
    officerId: otherHandler,
    papers: ['SURVEY_SHEET'],
    details: () => ({ stableIncome: true }),
  },
  { action: 'SIGN_SURVEY', officerId: handler, papers: [], details: () => ({ agrees: true }) },
  { action: 'GIVE_OPINION', officerId: leader, papers: ['OPINION'], assesses: true, details: finding },
  { action: 'HAND_UP', officerId: handler, papers: [], details: () => ({}) },
  { action: 'REVIEW_FILE', officerId: countyHandler, papers: ['OPINION'], details: finding },
  {
    action: 'REFUSE',
    officerId: approver,
    papers: ['REFUSAL_LETTER'],
    details: ({ assessmentId }) => ({ assessmentId, reasons: ['INCOME_OVER_STANDARD'] }),
  },
  { action: 'SERVE_REFUSAL', officerId: handler, papers: [], details: () => ({}) },
]

/** The act after which the matching centre is asked and answers. */
export const matchingFollows: Action = 'ACCEPT'

/** Versions of the log when matching was requested, and when every source has answered. */
export const versionWhen = { matchingRequested: 3, matchingAnswered: 11 } as const

function idOf(person: { id: string } | undefined): string {
  if (!person) throw new Error('The seed has lost somebody whom the benchmark needs')
  return person.id
}
