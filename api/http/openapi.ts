import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import { requestIdPattern } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { roleLabels } from '../../domain/labels.ts'
import { bodyExamples } from './examples.ts'
import { Problem } from './nouns.ts'
import { describeFields } from './describe-fields.ts'
import { subjectOf, subjects } from './subjects.ts'
import type { Policy, Route } from './route.ts'

const requestIdHeader = z.object({
  'Request-Id': z
    .string()
    .regex(requestIdPattern)
    .meta({ description: '请求编号，由发送方生成；同一编号、同一内容再次发送，得到同一答复。' }),
})

/** The counter's contract, made from the declarations that it is mounted from. */
export function describeRoutes(routes: readonly Route[]) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {}
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) }
  }
  const document = createDocument({
    openapi: '3.1.0',
    info: {
      title: '救助 Jiuzhu',
      version: '0.1.0',
      description: '最低生活保障办理接口 Approvals for social assistance',
    },
    tags: subjects.map(({ name }) => ({ name })),
    paths: paths as ZodOpenApiPathsObject,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'jiuzhu_session' } },
    },
  })
  return describeFields(document)
}

function operationOf(route: Route): ZodOpenApiOperationObject {
  const { policy, answer } = route
  const anonymous = policy === 'anonymous' || policy === 'signed'
  const subject = subjectOf(route.path)
  return {
    ...(subject === undefined ? {} : { tags: [subject] }),
    summary: route.summary,
    description: `办理权限：${policyInChinese(policy)}`,
    security: anonymous ? [] : [{ session: [] }],
    requestParams: {
      ...(route.params ? { path: route.params } : {}),
      ...(route.query ? { query: route.query } : {}),
      ...headersOf(route),
    },
    ...requestBodyOf(route),
    responses: {
      [String(answer.status) as '200']: {
        description: answer.description,
        ...contentOf(answer),
      },
      default: { description: '未予办理', content: { 'application/problem+json': { schema: Problem } } },
    },
  }
}

function headersOf({ needsRequestId, headers }: Route): { header?: z.ZodObject } {
  const shape = { ...(needsRequestId ? requestIdHeader.shape : {}), ...headers?.shape }
  return Object.keys(shape).length > 0 ? { header: z.object(shape) } : {}
}

function requestBodyOf(route: Route): Pick<ZodOpenApiOperationObject, 'requestBody'> {
  if (route.accepts !== undefined) {
    const types = route.accepts.types.length > 0 ? route.accepts.types : ['application/json']
    return { requestBody: { required: true, content: Object.fromEntries(types.map((type) => [type, binary])) } }
  }
  if (route.body === undefined) return {}
  const examples = bodyExamples[`${route.method.toUpperCase()} ${route.path}`]
  const content = { schema: route.body, ...(examples === undefined ? {} : { examples: { ...examples } }) }
  return { requestBody: { required: true, content: { 'application/json': content } } }
}

const binary = { schema: { type: 'string', format: 'binary' } } as const

function contentOf({ schema, files = [] }: Route['answer']) {
  const content = {
    ...(schema ? { 'application/json': { schema } } : {}),
    ...Object.fromEntries(files.map((type) => [type, binary])),
  }
  return Object.keys(content).length > 0 ? { content } : {}
}

function policyInChinese(policy: Policy): string {
  if (policy === 'anonymous') return '无需登录'
  if (policy === 'signed') return '外部机构，须签名'
  if (policy === 'session') return '登录人员'
  return policy.map((role) => roleLabels[role]).join('、')
}
