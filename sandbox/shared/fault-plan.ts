import { createHash } from 'node:crypto'
import { z } from 'zod'
import { text } from './nouns.ts'

/** What can go wrong at an institution. Time-outs, cuts and errors strike a submission before or after its effect. */
export const faultNames = [
  'timeoutBeforeEffect',
  'timeoutAfterEffect',
  'cutBeforeEffect',
  'cutAfterEffect',
  'error500',
  'error500AfterEffect',
  'queryTimeout',
  'queryError500',
  'doubleCallback',
  'earlyCallback',
  'lateCallback',
  'lostCallback',
  'outOfOrderCallback',
] as const
export type FaultName = (typeof faultNames)[number]

const longestDelayMs = 86_400_000
const faultSettings = Object.fromEntries(
  faultNames.map((name) => [name, z.union([z.boolean(), z.int().nonnegative()]).optional()]),
) as Record<FaultName, z.ZodOptional<z.ZodUnion<[z.ZodBoolean, z.ZodInt]>>>

/** A delay in milliseconds, at most a day. */
export const DelayMs = z.int().nonnegative().max(longestDelayMs)

/** `true` strikes every time, a number that many times, a rate that share of the times, drawn from the seed. */
export const FaultSettings = z.strictObject({ ...faultSettings, lateCallbackMs: DelayMs.optional() })
export const FaultRates = z.partialRecord(z.enum(faultNames), z.number().min(0).max(1))

/** The part of a fault plan that every institution shares. */
export const CommonFaults = z.strictObject({
  delayMs: DelayMs,
  faults: FaultSettings.default({}),
  rates: FaultRates.default({}),
  seed: text(200).default('jiuzhu'),
})
export type CommonFaults = z.infer<typeof CommonFaults>

/** A plan in use: it knows what is left of each fault. */
export interface FaultPlan<Plan extends CommonFaults> {
  current(): Plan
  set(plan: Plan): void
  /** Does this fault strike what is done now about `about`? Tells `onStrike`, so that the book knows what struck. */
  strikes(name: FaultName, about: string): boolean
  /** Takes one off the count of a fault, as when a strike is read back from the book. */
  use(name: FaultName): void
  lateMs(about: string): number
}

/** Opens a fault plan. */
export function createFaultPlan<Plan extends CommonFaults>(input: {
  initial: Plan
  onStrike: (name: FaultName, about: string) => void
}): FaultPlan<Plan> {
  let plan = structuredClone(input.initial)
  const draws = new Map<string, number>()

  // Drawn from what is struck and how often it came by, not from a stream: the order of requests changes nothing.
  const drawn = (name: FaultName, about: string, rate: number) => {
    const place = `${name}/${about}`
    const draw = (draws.get(place) ?? 0) + 1
    draws.set(place, draw)
    const hash = createHash('sha256').update(`${plan.seed}/${place}/${draw}`).digest()
    return hash.readUInt32BE() / 2 ** 32 < rate
  }

  const use = (name: FaultName) => {
    const left = plan.faults[name]
    if (typeof left === 'number' && left > 0) plan.faults[name] = left - 1
  }

  const strikes = (name: FaultName, about: string) => {
    const left = plan.faults[name]
    const rate = plan.rates[name]
    const struck = left === true || Number(left) > 0 || (rate !== undefined && drawn(name, about, rate))
    if (!struck) return false
    use(name)
    input.onStrike(name, about)
    return true
  }

  return {
    current: () => plan,
    set(newPlan) {
      plan = structuredClone(newPlan)
      draws.clear()
    },
    strikes,
    use,
    lateMs(about) {
      const { lateCallbackMs, lateCallback } = plan.faults
      if (lateCallbackMs === undefined) return 0
      const always = lateCallback === undefined && plan.rates.lateCallback === undefined
      return always || strikes('lateCallback', about) ? lateCallbackMs : 0
    },
  }
}
