import type { ParametersInForce } from '../policy/parameters-in-force.ts'
import type { LimitParameterKey } from '../policy/parameters.ts'
import type { PlainDate } from '../time/plain-date.ts'
import type { ClockKind } from '../vocabulary.ts'

/** How long a limit is, with the document that says so. `dueDay` where it is a day and not a count. */
export type Limit = { kind: ClockKind; amount: number; dueDay?: PlainDate; source: string; assumed: boolean }

/** The limit that a dated row states. @throws ParameterMissing */
export function limitFrom(parameters: ParametersInForce, key: LimitParameterKey): Limit {
  const { value, source, assumed } = parameters.row(key)
  return { ...value, source, assumed }
}
