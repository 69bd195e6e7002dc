import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { bodyExamples } from '../../api/http/examples.ts'
import { describeRoutes } from '../../api/http/openapi.ts'
import type { Route, Services } from '../../api/http/route.ts'
import { allRoutes } from '../../api/http/index.ts'
import { loadConfig } from '../../platform/config.ts'
import { everybody, postId } from '../../prisma/seed/people.ts'
import { places } from '../../prisma/seed/places.ts'
import { actions } from '../../domain/procedures/words.ts'

const services = { config: loadConfig({}), log: pino({ level: 'silent' }), archive: {}, desk: {} }
const routes = allRoutes(services as unknown as Services)
const withBody = routes.filter(({ body }) => body !== undefined)
const nameOf = ({ method, path }: Route) => `${method.toUpperCase()} ${path}`

describe('the examples of the contract', () => {
  it('are there for every body that can be sent, and for no other', () => {
    expect(Object.keys(bodyExamples).toSorted()).toEqual(withBody.map(nameOf).toSorted())
  })

  it('are there for every act', () => {
    expect(Object.keys(bodyExamples['POST /api/matters/{matterId}/acts'] ?? {}).toSorted()).toEqual(
      // An application has a route of its own.
      actions.filter((action) => action !== 'SUBMIT').toSorted(),
    )
  })

  it.each(withBody.map((route) => [nameOf(route), route] as const))(
    'of %s are in order as they stand',
    (name, route) => {
      for (const { summary, value } of Object.values(bodyExamples[name] ?? {})) {
        const faults = route.body
          ?.safeParse(value)
          .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
        expect([summary, faults ?? []]).toEqual([summary, []])
      }
    },
  )

  it('name places, posts and people that the training copy has', () => {
    const people = everybody()
    const known: Record<string, Set<string>> = {
      placeId: new Set(places.map(({ id }) => id)),
      staffNumber: new Set([...people.map(({ staffNumber }) => staffNumber), 'xf-beijie-05']),
      postId: new Set(people.map(postId)),
      officeId: new Set(people.map(({ office }) => office)),
    }
    for (const field of ['officerId', 'standInId', 'deputyId', 'fromOfficerId', 'toOfficerId'])
      known[field] = new Set(people.map(({ id }) => id))
    const unknown = [...fieldsOf(bodyExamples)].filter(([field, value]) => known[field]?.has(String(value)) === false)
    expect(unknown).toEqual([])
  })

  it('stand in the contract', () => {
    const paths = describeRoutes(routes).paths ?? {}
    for (const route of withBody) {
      const body = paths[route.path]?.[route.method as 'post']?.requestBody as { content: Record<string, unknown> }
      const content = body.content['application/json'] as { examples?: object }
      expect(content.examples).toEqual(bodyExamples[nameOf(route)])
    }
  })
})

function* fieldsOf(value: unknown): Generator<[string, unknown]> {
  if (typeof value !== 'object' || value === null) return
  for (const [field, inner] of Object.entries(value)) {
    if (typeof inner !== 'object') yield [field, inner]
    yield* fieldsOf(inner)
  }
}
