import data from '../../../prisma/seed/data/parameters.json' with { type: 'json' }
import type { Parameter } from '../../../domain/policy/parameters.ts'
import { type ParametersInForce, parametersInForce } from '../../../domain/policy/parameters-in-force.ts'
import { plainDate } from '../../../domain/time/plain-date.ts'
import type { ResidenceKind } from '../../../domain/vocabulary.ts'

/** The parameters that every new installation begins with. */
export const seededParameters = data as unknown as Parameter[]

/** Those of a place on a day. */
export function parametersOf(place: 'qingyang' | 'nantong' | 'CN', kind: ResidenceKind, on: string): ParametersInForce {
  return parametersInForce(seededParameters, {
    placeChain: place === 'CN' ? ['CN'] : [place, 'CN'],
    programme: 'DIBAO',
    residenceKind: kind,
    on: plainDate(on),
  })
}

/** The same rules with some values of its own, as the most local place of all. */
export function parametersWith(
  values: Partial<Record<Parameter['key'], unknown>>,
  on = '2026-11-23',
): ParametersInForce {
  const own = Object.entries(values).map(([key, value]) => ({
    place: 'here',
    programme: 'DIBAO',
    key,
    value,
    effectiveFrom: plainDate('2021-07-01'),
    source: 'test',
    assumed: true,
    datePickedBy: 'DECISION',
  })) as unknown as Parameter[]
  return parametersInForce([...own, ...seededParameters], {
    placeChain: ['here', 'nantong', 'CN'],
    programme: 'DIBAO',
    residenceKind: 'URBAN',
    on: plainDate(on),
  })
}
