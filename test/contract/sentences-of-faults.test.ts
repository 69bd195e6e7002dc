import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { bodyExamples } from '../../api/http/examples.ts'
import { faultsOf } from '../../api/http/input.ts'
import type { Route, Services } from '../../api/http/route.ts'
import { allRoutes } from '../../api/http/index.ts'
import { loadConfig } from '../../platform/config.ts'
import { placesIn, withAt } from '../api/support/contract-samples.ts'
import { poisonTexts, poisonValues } from '../api/support/poison.ts'

const services = { config: loadConfig({}), log: pino({ level: 'silent' }), archive: {}, desk: {} }
const routes = allRoutes(services as unknown as Services)
const nameOf = ({ method, path }: Route) => `${method.toUpperCase()} ${path}`
const cases = (of: Route[]) => of.map((route) => [nameOf(route), route] as const)

/** What may stand in a sentence in Latin letters: how a value is written. */
const ways = /YYYY-MM-DD|YYYY-MM|YYYY|Q1|Q4|H1|true|false|2026-07-01T09:00:00\+08:00|CN|PDF|JPEG|JPG|PNG/g

describe('what is wrong with an input', () => {
  it.each(cases(routes.filter(({ body }) => body !== undefined)))(
    'of %s is said in Chinese sentences',
    (name, route) => {
      for (const { value } of Object.values(bodyExamples[name] ?? {})) {
        for (const place of placesIn(value)) {
          for (const other of [...poisonValues, undefined]) expectSentences(route.body, withAt(value, place, other))
        }
      }
    },
  )

  it.each(cases(routes.filter(({ query }) => query !== undefined)))('in the search of %s, too', (_, route) => {
    for (const field of [...Object.keys(route.query?.shape ?? {}), 'unknown'])
      for (const text of poisonTexts) expectSentences(route.query, { [field]: text })
  })
})

function expectSentences(schema: Route['body'], input: unknown): void {
  const { error } = schema?.safeParse(input) ?? {}
  if (error === undefined) return
  for (const { message } of faultsOf(error)) {
    if (!/^\p{Script=Han}[^A-Za-z"|]*。$/u.test(message.replaceAll(ways, '')))
      expect.fail(`${message} for ${String(JSON.stringify(input)).slice(0, 200)}`)
  }
}
