import { z } from '../../domain/schemas/zod.ts'
import { describeRoutes } from './openapi.ts'
import { route, type Route } from './route.ts'

/** The contract of all routes, itself among them. */
export function contractRoutes(others: readonly Route[]): Route[] {
  let document: object | undefined
  const own: Route = route({
    method: 'get',
    path: '/openapi.json',
    summary: '接口说明',
    policy: 'anonymous',
    audits: { nothing: 'the contract' },
    answer: { status: 200, schema: z.looseObject({ openapi: z.string() }), description: 'OpenAPI 3.1' },
    handle: async () => {
      document ??= describeRoutes([...others, own])
      return { body: document }
    },
  })
  return [own]
}
