import { fieldWords } from './field-words.ts'

type Node = { [key: string]: unknown }

/** Says in the contract what every field and parameter is; what a schema says itself stands. */
export function describeFields<Document extends object>(document: Document): Document {
  const copy = structuredClone(document)
  describeBelow(copy as Node, '')
  return copy
}

/** What a field of this name is in the schema or field that holds it; undefined where nobody has said. */
export function wordsOf(owner: string, field: string): string | undefined {
  return fieldWords[`${owner}.${field}`] ?? fieldWords[field]
}

function describeBelow(node: Node, owner: string): void {
  for (const [key, value] of Object.entries(node)) {
    if (!isNode(value)) continue
    if (key === 'properties') describeEach(value, owner)
    else if (key === 'schemas') for (const [name, schema] of Object.entries(value)) describeIf(schema, name)
    else if (key === 'parameters') for (const parameter of Object.values(value)) describeParameter(parameter)
    // What an example holds is no schema.
    else if (key !== 'example' && key !== 'examples') describeBelow(value, owner)
  }
}

function describeEach(fields: Node, owner: string): void {
  for (const [name, field] of Object.entries(fields)) {
    if (!isNode(field)) continue
    const words = wordsOf(owner, name)
    if (words !== undefined) field.description ??= words
    describeBelow(field, name)
  }
}

function describeIf(schema: unknown, name: string): void {
  if (isNode(schema)) describeBelow(schema, name)
}

function describeParameter(parameter: unknown): void {
  if (!isNode(parameter) || typeof parameter.name !== 'string') return
  const words = wordsOf('', parameter.name)
  if (words !== undefined) parameter.description ??= words
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null
}
