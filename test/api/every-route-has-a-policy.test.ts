import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { describeRoutes } from '../../api/http/openapi.ts'
import type { Services } from '../../api/http/route.ts'
import { allRoutes } from '../../api/http/index.ts'
import { loadConfig } from '../../platform/config.ts'
import { z } from '../../domain/schemas/zod.ts'
import { lookKinds, roles } from '../../domain/vocabulary.ts'

const config = loadConfig({})
const services = { config, log: pino({ level: 'silent' }), wallClock: () => new Date(), archive: {}, desk: {} }
const routes = allRoutes(services as unknown as Services)

const openToAnybody = ['GET /healthz', 'POST /api/sessions', 'GET /openapi.json']
const openToInstitutions = ['POST /callbacks/matching-centre', 'POST /callbacks/bank']

describe('every route', () => {
  it('says who may use it', () => {
    for (const { policy } of routes) {
      if (typeof policy === 'string') expect(['anonymous', 'signed', 'session']).toContain(policy)
      else expect(policy.length > 0 && policy.every((role) => roles.includes(role))).toBe(true)
    }
  })

  it('asks who is there, but for a named few', () => {
    expect(named((policy) => policy === 'anonymous')).toEqual(openToAnybody.toSorted())
    expect(named((policy) => policy === 'signed')).toEqual(openToInstitutions.toSorted())
  })

  it('that changes something wants a request id', () => {
    const unnamed = routes.filter(({ method, needsRequestId }) => method !== 'get' && !needsRequestId)
    expect(unnamed.map(nameOf).toSorted()).toEqual(['POST /api/sessions', ...openToInstitutions].toSorted())
  })

  it('says what it leaves in the audit', () => {
    const undeclared = routes.filter(({ audits }) => Object.keys(audits ?? {}).length === 0)
    expect(undeclared.map(nameOf)).toEqual([])
    for (const { audits } of routes) if ('look' in audits) expect(lookKinds).toContain(audits.look)
  })

  it('that shows a case or a person writes down who looked', () => {
    const silent = routes.filter(
      ({ audits, method }) => 'nothing' in audits || (method === 'get' && !('look' in audits)),
    )
    const telling = silent.filter(({ answer }) => answer.schema === undefined || showsSomebody(answer.schema))
    // Oneself, and one's own posts.
    expect(telling.map(nameOf)).toEqual(['GET /api/sessions/current'])
  })

  it('that changes something chains it or writes it down', () => {
    const changing = routes.filter(({ method }) => method !== 'get')
    expect(changing.filter(({ audits }) => 'nothing' in audits).map(nameOf)).toEqual([])
  })

  it('is in the contract, and nothing else is', () => {
    const described = Object.entries(describeRoutes(routes).paths ?? {}).flatMap(([at, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${at}`),
    )
    expect(described.toSorted()).toEqual(routes.map(nameOf).toSorted())
  })

  it('comes onto the application by its declaration only', () => {
    const api = path.resolve(import.meta.dirname, '../../api')
    const sources = readdirSync(api, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
    const mounting = sources.filter((file) =>
      /\bapp\.(get|post|put|patch|delete|all|use)\(|Router\(/.test(readFileSync(path.join(api, file), 'utf8')),
    )
    expect(mounting.toSorted()).toEqual(['http/docs.ts', 'http/server.ts'])
  })

  it('that shows a number in full, tries an assessment, reads a case, opens a paper or exports is written down as that', () => {
    const looks = Object.fromEntries(routes.map((one) => [nameOf(one), 'look' in one.audits ? one.audits.look : null]))
    expect(looks).toMatchObject({
      'GET /api/assistance-cases/{matterId}/payee': 'SEE_FULL_NUMBER',
      'GET /api/assistance-cases/{matterId}/assessment': 'TRY_ASSESSMENT',
      'GET /api/assistance-cases/{matterId}': 'READ_CASE',
      'GET /api/matters/{matterId}/papers/{paperId}': 'OPEN_PAPER',
      'GET /api/board/export': 'EXPORT',
    })
  })

  it('of training is missing in production', () => {
    const real = { ...services, config: { ...config, movableClock: false } }
    const paths = allRoutes(real as unknown as Services).map(nameOf)
    expect(paths).not.toContain('POST /api/training/clock-moves')
    expect(routes.map(nameOf)).toContain('POST /api/training/clock-moves')
  })
})

/** Whether an answer has a field that names a case or a person. */
function showsSomebody(schema: z.ZodType): boolean {
  const shape = JSON.stringify(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }))
  return /"(matterId|matterNumber|officerId|personId|title|staffNumber)":/.test(shape)
}

function nameOf({ method, path: at }: (typeof routes)[number]): string {
  return `${method.toUpperCase()} ${at}`
}

function named(matches: (policy: (typeof routes)[number]['policy']) => boolean): string[] {
  return routes
    .filter(({ policy }) => matches(policy))
    .map(nameOf)
    .toSorted()
}
