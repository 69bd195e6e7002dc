import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { fieldWords } from '../../api/http/field-words.ts'
import { subjectOf, subjects } from '../../api/http/subjects.ts'
import { describeRoutes } from '../../api/http/openapi.ts'
import type { Services } from '../../api/http/route.ts'
import { allRoutes } from '../../api/http/index.ts'
import { loadConfig } from '../../platform/config.ts'

type Node = { [key: string]: unknown }
type Field = { owner: string; name: string; node: Node }

const services = { config: loadConfig({}), log: pino({ level: 'silent' }), archive: {}, desk: {} }
const routes = allRoutes(services as unknown as Services)
const document = describeRoutes(routes)
const fields = [...fieldsBelow(document as unknown as Node, '')]

describe('the contract', () => {
  it('says of every field and parameter what it is; a new one gets its line in field-words.ts', () => {
    const silent = fields.filter(({ node }) => typeof node.description !== 'string' || node.description === '')
    expect([...new Set(silent.map(({ owner, name }) => `${owner}.${name}`))].toSorted()).toEqual([])
  })

  it('says it in Chinese', () => {
    const foreign = fields.filter(({ node }) => !/\p{Script=Han}/u.test(String(node.description)))
    expect(foreign.map(({ owner, name, node }) => `${owner}.${name}: ${String(node.description)}`)).toEqual([])
  })

  it('puts every route in a group; the part of a new path gets its place in subjects.ts', () => {
    expect(routes.filter(({ path }) => subjectOf(path) === undefined).map(({ path }) => path)).toEqual([])
  })

  it('has no group without a route', () => {
    const used = new Set(routes.map(({ path }) => subjectOf(path)))
    expect(subjects.filter(({ name }) => !used.has(name))).toEqual([])
  })

  it('keeps no words for fields that are gone', () => {
    const names = new Set(fields.flatMap(({ owner, name }) => [name, `${owner}.${name}`]))
    expect(Object.keys(fieldWords).filter((key) => !names.has(key))).toEqual([])
  })
})

function* fieldsBelow(node: Node, owner: string): Generator<Field> {
  for (const [key, value] of Object.entries(node)) {
    if (typeof value !== 'object' || value === null || key === 'example' || key === 'examples') continue
    const below = value as Node
    if (key === 'properties') yield* fieldsOf(below, owner)
    else if (key === 'schemas')
      for (const [name, schema] of Object.entries(below)) yield* fieldsBelow(schema as Node, name)
    else if (key === 'parameters')
      for (const one of Object.values(below)) yield { owner: '', name: String((one as Node).name), node: one as Node }
    else yield* fieldsBelow(below, owner)
  }
}

function* fieldsOf(properties: Node, owner: string): Generator<Field> {
  for (const [name, field] of Object.entries(properties)) {
    yield { owner, name, node: field as Node }
    yield* fieldsBelow(field as Node, name)
  }
}
