type Schema = {
  $ref?: string
  type?: string
  const?: unknown
  enum?: unknown[]
  example?: unknown
  default?: unknown
  properties?: Record<string, Schema>
  items?: Schema
  minItems?: number
  anyOf?: Schema[]
  oneOf?: Schema[]
  minimum?: number
}

export type Document = { components?: { schemas?: Record<string, unknown> } }

/** One value for each way in which a schema may be met, made of its examples; `known` gives values by name of a field. */
export function samplesOf(document: Document, schema: unknown, known: Record<string, unknown>): unknown[] {
  return samples(schema as Schema, '')

  function samples(given: Schema, name: string): unknown[] {
    if (name in known) return [known[name]]
    const { $ref, anyOf, oneOf } = given
    if ($ref !== undefined)
      return samples(document.components?.schemas?.[$ref.split('/').at(-1) as string] as Schema, name)
    const ways = anyOf ?? oneOf
    if (ways !== undefined) return ways.flatMap((way) => samples(way, name))
    if (given.const !== undefined) return [given.const]
    if (given.enum !== undefined) return [given.enum[0]]
    if (given.example !== undefined) return [given.example]
    return [plain(given)]
  }

  function plain({ type, properties = {}, items, minimum = 1 }: Schema): unknown {
    switch (type) {
      case 'object':
        return Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, samples(inner, name)[0]]))
      case 'array':
        return items === undefined ? [] : samples(items, '').slice(0, 1)
      case 'integer':
      case 'number':
        return minimum
      case 'boolean':
        return true
      default:
        return '示例'
    }
  }
}

export type Path = readonly (string | number)[]

/** Every place in a value, itself first. */
export function placesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))]
}

/** The value with another at one place. */
export function withAt(value: unknown, [step, ...rest]: Path, other: unknown): unknown {
  if (step === undefined) return other
  const copy = structuredClone(value) as Record<string | number, unknown>
  copy[step] = withAt(copy[step], rest, other)
  return copy
}
