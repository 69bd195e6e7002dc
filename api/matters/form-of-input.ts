import { z } from '../../domain/schemas/zod.ts'
import type { FieldKind } from '../http/form-fields.ts'
import type { FormField } from './form-contract.ts'

type Node = {
  $ref?: string
  $defs?: Record<string, Node>
  oneOf?: Node[]
  anyOf?: Node[]
  properties?: Record<string, Node>
  required?: string[]
  items?: Node
  enum?: string[]
  const?: string
  title?: string
  field?: FieldKind
  labels?: Record<string, string>
  default?: FormField['value']
  minimum?: number
  maximum?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
}

/**
 * The forms of a discriminated input, by the value that tells its members apart. What is in them comes from the schema
 * alone: title and kind from its meta, bounds and choices from its checks.
 */
export function formsOfInput(input: z.ZodType, discriminator: string): ReadonlyMap<string, FormField[]> {
  const document = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Node
  const resolve = resolverOf(document)
  const { oneOf, anyOf } = resolve(document)
  return new Map(
    (oneOf ?? anyOf ?? []).map(resolve).map((member) => {
      const name = member.properties?.[discriminator]?.const
      if (name === undefined) throw new Error(`A member of the input has no ${discriminator}`)
      return [name, fieldsOf(member, discriminator, resolve)]
    }),
  )
}

type Resolve = (node: Node) => Node

/** Follows references, keeping what stands beside them. */
function resolverOf({ $defs = {} }: Node): Resolve {
  const resolve = ({ $ref, ...beside }: Node): Node => {
    if ($ref === undefined) return beside
    const target = $defs[$ref.split('/').at(-1) ?? '']
    return target === undefined ? beside : { ...resolve(target), ...beside }
  }
  return resolve
}

function fieldsOf({ properties = {}, required = [] }: Node, left: string | null, resolve: Resolve): FormField[] {
  return Object.entries(properties)
    .filter(([name]) => name !== left)
    .map(([name, node]) => fieldOf(name, resolve(node), { required: required.includes(name), resolve }))
}

function fieldOf(name: string, node: Node, { required, resolve }: { required: boolean; resolve: Resolve }): FormField {
  const { title = name, field: kind = 'TEXT' } = node
  const common = { name, kind, title, required, value: node.default }
  switch (kind) {
    case 'CHOICE':
      return { ...common, choices: choicesOf(node) }
    case 'CHOICES':
      return { ...common, choices: choicesOf({ ...resolve(node.items ?? {}), labels: node.labels ?? {} }) }
    case 'TEXTS':
    case 'FILES':
    case 'PEOPLE':
      return { ...common, fewestItems: node.minItems, mostItems: node.maxItems }
    case 'ITEMS': {
      const each = fieldsOf(resolve(node.items ?? {}), null, resolve)
      return { ...common, fewestItems: node.minItems, mostItems: node.maxItems, fields: each }
    }
    case 'GROUP':
      return { ...common, fields: fieldsOf(node, null, resolve) }
    case 'VARIANTS':
      return { ...common, variants: variantsOf(node, resolve) }
    default:
      return { ...common, mostCharacters: node.maxLength, from: node.minimum, through: node.maximum }
  }
}

function choicesOf({ enum: values = [], labels = {} }: Node): FormField['choices'] {
  return values.map((value) => ({ value, label: labels[value] ?? value }))
}

/** The property with one value in each member tells them apart. */
function variantsOf({ oneOf = [], anyOf = [], labels = {} }: Node, resolve: Resolve): FormField['variants'] {
  return [...oneOf, ...anyOf].map(resolve).map((member) => {
    const [name = '', { const: value = '' } = {}] =
      Object.entries(member.properties ?? {}).find(([, property]) => property.const !== undefined) ?? []
    return { value, label: labels[value] ?? value, fields: fieldsOf(member, name, resolve) }
  })
}
