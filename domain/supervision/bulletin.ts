import { limitHolders } from '../matter/limit-holders.ts'
import { type LimitKey, limitKeys } from '../matter/limit-keys.ts'
import { supervisionRungs, type SupervisionRung } from '../vocabulary.ts'

/**
 * How a run of a limit ended or stands that fell due. Late by the office's own days, or only because days went by that are
 * charged to another, is told apart. What was withdrawn in time no longer falls due.
 */
export const runOutcomes = [
  'MET',
  'ENTERED_LATE',
  'LATE_BY_OFFICE',
  'LATE_BY_OTHERS',
  'OPEN_BY_OFFICE',
  'OPEN_BY_OTHERS',
] as const
export type RunOutcome = (typeof runOutcomes)[number]

/** What happens beside the limits and could dress a rate up, or was done about it. */
export const besideFacts = [
  'ACCEPTANCE_TYPED_IN_LATE',
  'MENDING_NOTICE',
  'OTHER_RETURN',
  'WITHDRAWAL',
  'EXTENSION',
  'WAITING',
  'PAUSE',
  'URGED_BY_HAND',
  'ORDER_ISSUED',
  'ORDER_ANSWERED_IN_TIME',
] as const
export type BesideFact = (typeof besideFacts)[number]

/** Everything that is counted, each event and each run once. */
export type CountedFact = RunOutcome | BesideFact | SupervisionRung

/** How often something was the case; `limit` where it is about one. */
export type Count = { fact: CountedFact; limit: LimitKey | null; count: number }

/** A figure is a set of counted facts, of one limit where it is about one. Figures overlap, facts do not. */
type Figure = { label: string; facts: readonly CountedFact[]; limit?: LimitKey }

const late = ['LATE_BY_OFFICE', 'LATE_BY_OTHERS', 'OPEN_BY_OFFICE', 'OPEN_BY_OTHERS'] as const

/** Figures of one limit. */
export const limitFigures = {
  DUE: { label: '应办结', facts: runOutcomes },
  IN_TIME: { label: '按时办结', facts: ['MET', 'ENTERED_LATE'] },
  ENTERED_LATE: { label: '按时办结后补录', facts: ['ENTERED_LATE'] },
  DONE_LATE: { label: '超期办结', facts: ['LATE_BY_OFFICE', 'LATE_BY_OTHERS'] },
  STILL_OPEN: { label: '超期未办结', facts: ['OPEN_BY_OFFICE', 'OPEN_BY_OTHERS'] },
  LATE_BY_OFFICE: { label: '超期（本单位用时）', facts: ['LATE_BY_OFFICE', 'OPEN_BY_OFFICE'] },
  LATE_BY_OTHERS: { label: '超期（等待他方用时）', facts: ['LATE_BY_OTHERS', 'OPEN_BY_OTHERS'] },
} as const satisfies Record<string, Figure>
export type LimitFigure = keyof typeof limitFigures

/** Figures that stand beside every rate, so that nobody can look good by not accepting, sending back or stopping clocks. */
export const besideFigures = {
  LATE_ACCEPTANCE: { label: '超期受理', facts: late, limit: 'ACCEPTANCE' },
  ACCEPTANCE_TYPED_IN_LATE: { label: '受理日期事后补录', facts: ['ACCEPTANCE_TYPED_IN_LATE'] },
  MENDING_NOTICE: { label: '补正告知', facts: ['MENDING_NOTICE'] },
  OTHER_RETURN: { label: '其他退回', facts: ['OTHER_RETURN'] },
  WITHDRAWAL: { label: '撤回申请', facts: ['WITHDRAWAL'] },
  EXTENSION: { label: '延长时限', facts: ['EXTENSION'] },
  CORRECTION: { label: '超期后补录更正', facts: ['ENTERED_LATE'] },
  WAITING: { label: '登记等待（继续计时）', facts: ['WAITING'] },
  PAUSE: { label: '暂停计时', facts: ['PAUSE'] },
  URGED_BY_HAND: { label: '人工催办', facts: ['URGED_BY_HAND'] },
  ORDER_ISSUED: { label: '下发督办单', facts: ['ORDER_ISSUED'] },
  ORDER_ANSWERED_IN_TIME: { label: '督办单按时答复', facts: ['ORDER_ANSWERED_IN_TIME'] },
} as const satisfies Record<string, Figure>
export type BesideFigure = keyof typeof besideFigures

/** Figures of the ladder: how many rungs were climbed. */
export const rungFigures = {
  REMINDER: { label: '系统提醒', facts: ['REMINDER'] },
  URGING: { label: '超期催办', facts: ['URGING'] },
  ORDER: { label: '提请督办', facts: ['ORDER'] },
  CIRCULAR: { label: '列入通报', facts: ['CIRCULAR'] },
} as const satisfies Record<SupervisionRung, Figure>

export type FigureKey = LimitFigure | BesideFigure | SupervisionRung

/** Every figure by its name. */
export const figures: Record<FigureKey, Figure> = { ...limitFigures, ...besideFigures, ...rungFigures }

export const limitFigureKeys = Object.keys(limitFigures) as LimitFigure[]
export const besideFigureKeys = Object.keys(besideFigures) as BesideFigure[]
export const figureKeys: readonly FigureKey[] = [...limitFigureKeys, ...besideFigureKeys, ...supervisionRungs]

/** Limits whose rates are told: all but periods that only have to pass, which nobody can miss. */
export const ratedLimits: readonly LimitKey[] = limitKeys.filter((limit) => limitHolders[limit] !== 'NOBODY')

/** The counts of a place. Sparse: what never was the case is not listed. */
export type PlaceCounts = { placeId: string; counts: Count[] }

/**
 * A bulletin (通报) as it is issued. The county's own line holds everything that its townships' lines hold. Cases on the
 * top rung are named by number; nobody is named.
 */
export type BulletinBody = {
  countyId: string
  period: string
  places: PlaceCounts[]
  circulars: { caseNumber: string; placeId: string; limit: LimitKey }[]
}

/** One count that is not what it was when the bulletin was issued. */
export type CountChange = { fact: CountedFact; limit: LimitKey | null; issued: number; now: number }

/** One count for each fact and limit, in a fixed order. Counts of a longer period are sums, never averages of rates. */
export function addUp(counts: readonly Count[]): Count[] {
  const sums = new Map<string, Count>()
  for (const { fact, limit, count } of counts) {
    const key = keyOf({ fact, limit })
    sums.set(key, { fact, limit, count: (sums.get(key)?.count ?? 0) + count })
  }
  return [...sums.values()].filter(({ count }) => count > 0).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

/** The counts of each of these places: what happened in it or below, by the places that stand above one. */
export function countsByPlace(
  counted: readonly (Count & { placeId: string })[],
  placeIds: readonly string[],
  placesAbove: (placeId: string) => readonly string[],
): PlaceCounts[] {
  const byPlace = new Map<string, Count[]>(placeIds.map((placeId) => [placeId, []]))
  for (const { placeId, ...count } of counted) {
    for (const above of new Set(placesAbove(placeId))) byPlace.get(above)?.push(count)
  }
  return [...byPlace].map(([placeId, counts]) => ({ placeId, counts: addUp(counts) }))
}

/** A figure from the counts; `limit` narrows one that several limits have. */
export function figureOf(counts: readonly Count[], key: FigureKey, limit?: LimitKey): number {
  const { facts, limit: only = limit } = figures[key]
  return counts
    .filter((one) => facts.includes(one.fact) && (only === undefined || one.limit === only))
    .reduce((sum, { count }) => sum + count, 0)
}

/** The share of what fell due that was done in time, 0 to 1; null where nothing fell due, which is no achievement. */
export function onTimeRate(counts: readonly Count[], limit: LimitKey): number | null {
  const due = figureOf(counts, 'DUE', limit)
  return due === 0 ? null : figureOf(counts, 'IN_TIME', limit) / due
}

/** What was put right, or came to light, since a bulletin was issued. */
export function changesSince(issued: readonly Count[], now: readonly Count[]): CountChange[] {
  const keys = new Map([...issued, ...now].map(({ fact, limit }) => [keyOf({ fact, limit }), { fact, limit }]))
  const before = new Map(issued.map((one) => [keyOf(one), one.count]))
  const after = new Map(now.map((one) => [keyOf(one), one.count]))
  return [...keys]
    .map(([key, about]) => ({ ...about, issued: before.get(key) ?? 0, now: after.get(key) ?? 0 }))
    .filter((change) => change.issued !== change.now)
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

/** What a counted fact is called: as a figure of its own where it is one. */
export const factLabels = {
  MET: '按时办结',
  ENTERED_LATE: '按时办结后补录',
  LATE_BY_OFFICE: '超期办结（本单位用时）',
  LATE_BY_OTHERS: '超期办结（等待他方用时）',
  OPEN_BY_OFFICE: '超期未办结（本单位用时）',
  OPEN_BY_OTHERS: '超期未办结（等待他方用时）',
  ACCEPTANCE_TYPED_IN_LATE: besideFigures.ACCEPTANCE_TYPED_IN_LATE.label,
  MENDING_NOTICE: besideFigures.MENDING_NOTICE.label,
  OTHER_RETURN: besideFigures.OTHER_RETURN.label,
  WITHDRAWAL: besideFigures.WITHDRAWAL.label,
  EXTENSION: besideFigures.EXTENSION.label,
  WAITING: besideFigures.WAITING.label,
  PAUSE: besideFigures.PAUSE.label,
  URGED_BY_HAND: besideFigures.URGED_BY_HAND.label,
  ORDER_ISSUED: besideFigures.ORDER_ISSUED.label,
  ORDER_ANSWERED_IN_TIME: besideFigures.ORDER_ANSWERED_IN_TIME.label,
  REMINDER: rungFigures.REMINDER.label,
  URGING: rungFigures.URGING.label,
  ORDER: rungFigures.ORDER.label,
  CIRCULAR: rungFigures.CIRCULAR.label,
} as const satisfies Record<CountedFact, string>

function keyOf({ fact, limit }: Pick<Count, 'fact' | 'limit'>): string {
  return `${limit ?? ''} ${fact}`
}
