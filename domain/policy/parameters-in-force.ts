import type { PeriodicReview } from './review-cycle.ts'
import { type Fen, fen } from '../money.ts'
import type { LadderValue } from '../matter/ladder.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type {
  AmountMethod,
  DibaoCategory,
  ExtensionCause,
  Programme,
  ResidenceKind,
  RoundingPolicy,
} from '../vocabulary.ts'
import {
  type DateChoice,
  type Exemption,
  type Parameter,
  type ParameterKey,
  type ParameterValues,
  type PauseRule,
  parameterId,
  parameterKeys,
} from './parameters.ts'

/** Whose parameters are asked for: places from the most local to the nation, and the day they must be in force. */
export type ParameterScope = {
  placeChain: readonly string[]
  /** Null where nothing is granted; then only rows of every programme apply. */
  programme: Programme | null
  /** Null where urban or rural makes no difference. */
  residenceKind: ResidenceKind | null
  on: PlainDate
  /** The days that pick rows which name one (`datePickedBy`); without them every row is picked by `on`. */
  dates?: Readonly<Record<DateChoice, PlainDate>>
}

/** No place of the chain says anything about a key on that day. A missing value is never a default. */
export class ParameterMissing extends Error {
  override name = 'ParameterMissing'
  readonly key: ParameterKey
  constructor(key: ParameterKey, { placeChain, residenceKind, on, programme }: ParameterScope) {
    super(
      `No value of ${key} for ${programme ?? 'no programme'} (${residenceKind ?? 'either'}) in force on ${on} in ${placeChain.join(' < ')}: ` +
        `add a dated row with its source.`,
    )
    this.key = key
  }
}

/** Two rows of one place say different things from the same day. */
export class ParameterAmbiguous extends Error {
  override name = 'ParameterAmbiguous'
  constructor(row: Parameter) {
    super(`Two rows are called ${parameterId(row)}: give one of them its own first day, or remove it.`)
  }
}

/** The values that apply to one household on one day. Every getter throws `ParameterMissing` where no row applies. */
export type ParametersInForce = {
  readonly scope: ParameterScope
  /** All rows in force, by name; equal texts mean equal values. */
  readonly version: string
  /** The names of the rows behind some keys, those not in force left out. */
  cite(keys: readonly ParameterKey[]): string[]
  get<K extends ParameterKey>(key: K): ParameterValues[K]
  find<K extends ParameterKey>(key: K): ParameterValues[K] | undefined
  /** The row itself, for its source and first day. */
  row<K extends ParameterKey>(key: K): Extract<Parameter, { key: K }>

  standardMonthlyFen(): Fen
  amountMethod(): AmountMethod
  categoryMonthlyFen(category: DibaoCategory): Fen
  roundingPolicy(): RoundingPolicy
  /** Empty where no document of the place leaves anything out. */
  exemptions(): readonly Exemption[]
  publicNoticeDays(): number
  newbornNumberWithinDays(): number
  mostHouseholdsOfKeeper(): number
  minInvestigators(): number
  matchingShelfLifeDays(): number
  reviewMonths(kind: PeriodicReview): number
  confirmationDelegated(): boolean
  extensionCauses(): readonly ExtensionCause[]
  /** Null where no document of the place, but only a design choice or nothing at all, would stop a clock. */
  pauseRules(): { rules: readonly PauseRule[]; source: string } | null
  mostWaitingDays(): number
  ladder(): LadderValue
}

/**
 * Picks for each key the row of the most local place that has one in force: within a place a row for urban or rural
 * households before one for both, then the one that began last. Throws `ParameterAmbiguous`.
 */
export function parametersInForce(parameters: readonly Parameter[], scope: ParameterScope): ParametersInForce {
  const rows = new Map<ParameterKey, Parameter>()
  for (const key of parameterKeys) {
    const row = rowInForce(
      parameters.filter((parameter) => parameter.key === key),
      scope,
    )
    if (row) rows.set(key, row)
  }

  const find = <K extends ParameterKey>(key: K) => rows.get(key) as Extract<Parameter, { key: K }> | undefined
  const row = <K extends ParameterKey>(key: K) => {
    const found = find(key)
    if (!found) throw new ParameterMissing(key, scope)
    return found
  }
  const get = <K extends ParameterKey>(key: K) => row(key).value as ParameterValues[K]
  const cite = (keys: readonly ParameterKey[]) =>
    keys
      .flatMap((key) => rows.get(key) ?? [])
      .map(parameterId)
      .sort()

  return {
    scope,
    version: cite(parameterKeys).join(';'),
    cite,
    get,
    find: (key) => find(key)?.value as never,
    row,
    standardMonthlyFen: () => fen(get('dibao.standardMonthlyFen')),
    amountMethod: () => get('dibao.amountMethod'),
    categoryMonthlyFen: (category) => fen(get('dibao.categoryMonthlyFen')[category]),
    roundingPolicy: () => get('dibao.roundingPolicy'),
    exemptions: () => find('dibao.exemptions')?.value ?? [],
    publicNoticeDays: () => get('limit.publicNotice').amount,
    newbornNumberWithinDays: () => get('newborn.numberWithinDays'),
    mostHouseholdsOfKeeper: () => get('account.mostHouseholdsOfKeeper'),
    minInvestigators: () => get('survey.minInvestigators'),
    matchingShelfLifeDays: () => get('matching.shelfLifeDays'),
    reviewMonths: (kind) => get(kind === 'ANNUAL' ? 'review.monthsStable' : 'review.monthsUnstable'),
    confirmationDelegated: () => get('confirmation.delegated'),
    extensionCauses: () => get('extension.causes'),
    pauseRules: () => {
      const found = find('pause.rules')
      return found === undefined || found.assumed ? null : { rules: found.value, source: found.source }
    },
    mostWaitingDays: () => get('waiting.mostDays'),
    ladder: () => get('supervision.ladder'),
  }
}

function rowInForce(rows: readonly Parameter[], scope: ParameterScope): Parameter | undefined {
  for (const place of scope.placeChain) {
    const local = rows.filter((row) => row.place === place && appliesTo(row, scope))
    const specific = local.filter(({ residenceKind }) => residenceKind !== undefined)
    const found = lastBegun(specific) ?? lastBegun(local)
    if (found) return found
  }
  return undefined
}

function appliesTo(row: Parameter, { programme, residenceKind, on: day, dates }: ParameterScope): boolean {
  const on = dates?.[row.datePickedBy] ?? day
  return (
    row.programme === programme &&
    (row.residenceKind === undefined || row.residenceKind === residenceKind) &&
    row.effectiveFrom <= on &&
    (row.effectiveTo === undefined || on <= row.effectiveTo)
  )
}

function lastBegun(rows: readonly Parameter[]): Parameter | undefined {
  const [last, next] = [...rows].sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1))
  if (last && next?.effectiveFrom === last.effectiveFrom) throw new ParameterAmbiguous(last)
  return last
}
