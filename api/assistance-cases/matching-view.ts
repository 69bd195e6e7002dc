import { askedPersons } from '../../domain/household/asked-persons.ts'
import { openStatuses, standingStatuses } from '../../domain/procedures/assistance-case/civil-status.ts'
import { discrepancies } from '../../domain/household/matched-fact.ts'
import {
  askedStandingLabels,
  civilStatusLabels,
  matchingSourceLabels,
  setAsideReasonLabels,
  sourceAnswerLabels,
} from '../../domain/labels.ts'
import { readAssessmentBasis } from '../../prisma/stores/household/assessments.ts'
import { readExpiredSources } from '../../prisma/stores/matter/parameters-of-matter.ts'
import type { CaseReading } from '../../prisma/stores/matter/case-reading.ts'
import { readStatusWords } from '../../prisma/stores/household/matching.ts'
import { bodyOfSetAside, setAsideOfRequest } from '../../prisma/stores/matter/set-aside.ts'
import type { CaseView } from './case-contract.ts'

const answerLabels = { ...sourceAnswerLabels, PENDING: '待反馈（情况不明）' }
const longestRaw = 2_000

type MatchingView = NonNullable<CaseView['matching']>

/**
 * What each register said and for whom, and where it differs from what the household declared. Of what a register said about
 * somebody who was not asked about only the number is told: it is no part of this case.
 */
export async function matchingView(
  reading: CaseReading,
  { withFacts }: { withFacts: boolean },
): Promise<MatchingView | null> {
  const { matching, memberPersonIds } = reading.state
  if (matching === null) return null
  const { facts, household } = withFacts
    ? await readAssessmentBasis(reading, reading, { category: null })
    : { facts: [] }
  const expired = await readExpiredSources(reading.db, reading, reading.today)
  const aside = await setAsideOfRequest(reading.db, reading.row.id, matching.matchingRequestId)
  const count = (register: string, unplaced: boolean) =>
    aside.filter((item) => item.register === register && (item.reason === 'PERSON_NOT_ASKED') === unplaced).length
  return {
    matchingRequestId: matching.matchingRequestId,
    answers: matching.answers.map((word) => ({
      source: word.source,
      label: matchingSourceLabels[word.source],
      answer: word.answer,
      answerLabel: answerLabels[word.answer],
      expired: expired.includes(word.source),
      persons: askedPersons(memberPersonIds, word).map(({ personId, standing }) => ({
        personId,
        standing,
        standingLabel: askedStandingLabels[standing],
      })),
      unplaced: count(word.source, true),
      notUnderstood: count(word.source, false),
    })),
    notUnderstood: withFacts ? unreadItems(reading, aside) : [],
    facts: facts.map((fact) => ({
      ...fact,
      sourceLabel: matchingSourceLabels[fact.source],
      incomeKind: fact.kind === 'INCOME' ? fact.incomeKind : null,
      propertyKind: fact.kind === 'PROPERTY' ? fact.propertyKind : null,
    })),
    statuses: withFacts ? await statusesOf(reading) : [],
    discrepancies: household === undefined ? [] : discrepancies(household, facts),
  }
}

async function statusesOf({ db, state }: CaseReading): Promise<MatchingView['statuses']> {
  const standing = standingStatuses(state)
  const words = await readStatusWords(
    db,
    standing.map(({ statusId }) => statusId),
  )
  const open = openStatuses(state).map(({ statusId }) => statusId)
  return standing.map(({ statusId, source, personId, status }) => ({
    statusId,
    source,
    sourceLabel: matchingSourceLabels[source],
    personId,
    status,
    statusLabel: civilStatusLabels[status],
    description: words.get(statusId)?.description ?? '',
    observedOn: words.get(statusId)?.observedOn ?? null,
    open: open.includes(statusId),
  }))
}

/** As they came. What names nobody who was asked about stays out. */
function unreadItems(
  reading: CaseReading,
  aside: Awaited<ReturnType<typeof setAsideOfRequest>>,
): MatchingView['notUnderstood'] {
  const { memberPersonIds } = reading.state
  return aside.flatMap((item) => {
    const body = item.reason === 'NOT_UNDERSTOOD' ? bodyOfSetAside(reading, item) : null
    const named = (body as { personRef?: unknown } | null)?.personRef
    if (typeof named !== 'string' || !memberPersonIds.includes(named)) return []
    return {
      itemId: item.id,
      source: item.register,
      sourceLabel: item.register === null ? '' : matchingSourceLabels[item.register],
      label: setAsideReasonLabels[item.reason],
      faults: item.faults,
      raw: JSON.stringify(body).slice(0, longestRaw),
    }
  })
}
