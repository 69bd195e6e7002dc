import { type ParameterKey, parameterKeys, parameterLabels, type Parameter } from '../../domain/policy/parameters.ts'
import type { ParametersInForce } from '../../domain/policy/parameters-in-force.ts'
import type { PlainDate } from '../../domain/time/plain-date.ts'
import { residenceKinds } from '../../domain/vocabulary.ts'
import type { PlaceStep } from '../../prisma/stores/staff/places.ts'
import type { RuleBook } from '../../prisma/stores/rules/reference-data.ts'
import { placeAt } from '../matters/place-names.ts'

/** Every value in force at a place on a day, with the document behind it. */
export function parametersView(ruleBook: RuleBook, chain: readonly PlaceStep[], on: PlainDate) {
  const placeChain = chain.map(({ placeId }) => placeId)
  const inForce = residenceKinds.map((residenceKind) =>
    ruleBook.parametersFor({ placeChain, programme: 'DIBAO', residenceKind, on }),
  )
  const parameters = parameterKeys.flatMap((key) => rowsOf(key, inForce).map(viewOf))
  return { placeId: placeAt(chain).placeId, on, parameters }
}

/** One row where it serves urban and rural households alike. */
function rowsOf(key: ParameterKey, inForce: readonly ParametersInForce[]): Parameter[] {
  return [...new Set(inForce.flatMap((parameters) => (parameters.find(key) === undefined ? [] : parameters.row(key))))]
}

function viewOf(row: Parameter) {
  const { key, value, place, effectiveFrom, source, assumed, datePickedBy } = row
  return {
    key,
    label: parameterLabels[key],
    value,
    placeId: place,
    effectiveFrom,
    source,
    assumed,
    datePickedBy,
    residenceKind: row.residenceKind ?? null,
    effectiveTo: row.effectiveTo ?? null,
  }
}
