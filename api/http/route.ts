import type { Logger } from 'pino'
import type { z } from 'zod'
import type { LookKind, Role } from '../../domain/vocabulary.ts'
import type { Config } from '../../platform/config.ts'
import type { Archive } from '../../prisma/client.ts'
import type { MatterClient } from '../matters/matter-client.ts'
import type { Fault } from './nouns.ts'
import type { Asker } from './identity.ts'
import type { ProofDesk } from '../audit/proof-desk.ts'
import type { TrainingClockHook } from '../clock/training-clock.ts'

/**
 * Who may use a route. `anonymous`: anybody; `signed`: an institution that signs what it sends; `session`: every officer
 * on a post; a list: officers on a post of these roles. What a role may see of a case is decided further in.
 */
export type Policy = 'anonymous' | 'signed' | 'session' | readonly Role[]

/** What the routes work with. */
export type Services = Readonly<{
  archive: Archive
  desk: MatterClient
  proof: ProofDesk
  config: Pick<
    Config,
    | 'environment'
    | 'publicUrl'
    | 'ports'
    | 'movableClock'
    | 'matchingCentre'
    | 'bank'
    | 'trustedProxies'
    | 'keys'
    | 'sealDir'
    | 'sealPublicKeys'
  >
  log: Logger
  /** Real time, for sessions and signatures; cases live by the deployment's clock. */
  wallClock: () => Date
  trainingClock?: TrainingClockHook | undefined
  bodyDeadlines?: BodyDeadlines
}>

/** Within what time a body has to be there in full. */
export type BodyDeadlines = Readonly<{ formMs: number; fileMs: number }>

/** A route with a session behind it always has an asker; an unsafe one always a request id. */
export type Ask<Params = unknown, Query = unknown, Body = unknown> = {
  params: Params
  query: Query
  body: Body
  asker: Asker
  requestId: string
  /** Names what was asked: equal for the same request sent again. */
  contentDigest: string
  headers: Readonly<Record<string, string | string[] | undefined>>
  source: string
  /** What the browser shows of an earlier sign-in, if anything. */
  device: string | undefined
}

/** What a route answers: JSON by its schema, or bytes. */
export type Reply = {
  body?: unknown
  bytes?: { content: Buffer; contentType: string; fileName: string | null }
  headers?: Record<string, string>
  cookies?: readonly { name: string; value: string; maxAgeMs: number }[]
  status?: number
}

/** Whose look it was and at what, where the path and the session do not say it already. */
export type LookAbout = {
  officerId?: string | null
  postId?: string | null
  officeId?: string | null
  role?: Role | null
  matterId?: string | null
  subject?: string | null
  purpose?: string | null
}

/**
 * What a route leaves in the audit. `look`: a row about who looked at what, written by the kit before the answer leaves.
 * `chained`: the act chains a record of its own onto that kind of register. `nothing`: it shows nothing about anybody,
 * but what is said here.
 */
export type Audits<A = Ask> =
  | { look: LookKind; about?: (ask: A, reply: Reply | null) => Promise<LookAbout> }
  | { chained: 'case' | 'staff' | 'calendar' }
  | { nothing: string }

type BodyKind = 'json' | 'raw'

/** One route, declared once: Express, OpenAPI and the inventory of policies are made from this. */
export type Route = {
  method: 'get' | 'post' | 'delete'
  /** As OpenAPI writes it: `/api/assistance-cases/{matterId}`. */
  path: string
  summary: string
  policy: Policy
  audits: Audits
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  bodyKind: BodyKind
  /** Media types and largest size of a raw body. */
  accepts?: { types: readonly string[]; mostBytes: number }
  /** Headers that say something of a raw body. */
  headers?: z.ZodObject
  /** Unsafe requests name themselves, but for the one that nobody is known in yet and those of institutions. */
  needsRequestId: boolean
  /** Neither counted nor refused by the limits of requests: a probe must hear how things stand, and use up nobody's share. */
  outsideLimits?: boolean
  /** What whoever still has a first password may do: change it, and leave. */
  withFirstPassword?: boolean
  /** `files`: media types of bytes that are answered, instead of JSON or beside it. */
  answer: { status: number; schema?: z.ZodType; files?: readonly string[]; description: string }
  faults?: (ask: Ask) => Promise<Fault[]>
  handle: (ask: Ask) => Promise<Reply>
}

type Shape<S, Fallback> = S extends z.ZodType ? z.output<S> : Fallback

type Declaration<P, Q, B> = {
  method: Route['method']
  path: string
  summary: string
  policy: Policy
  audits: Audits<Ask<Shape<P, unknown>, Shape<Q, unknown>, Shape<B, Buffer>>>
  params?: P
  query?: Q
  body?: B
  accepts?: Route['accepts']
  headers?: Route['headers']
  outsideLimits?: boolean
  withFirstPassword?: boolean
  answer: Route['answer']
  /** Faults that only the archive can find, told together with those of the form. */
  faults?: (ask: Ask<Shape<P, unknown>, Shape<Q, unknown>, unknown>) => Promise<Fault[]>
  handle: (ask: Ask<Shape<P, unknown>, Shape<Q, unknown>, Shape<B, Buffer>>) => Promise<Reply>
}

/** Declares a route; what it parses is what its handler gets. */
export function route<
  P extends z.ZodObject | undefined = undefined,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(declaration: Declaration<P, Q, B>): Route {
  const { method, policy, accepts } = declaration
  return {
    ...declaration,
    bodyKind: accepts === undefined ? 'json' : 'raw',
    needsRequestId: method !== 'get' && policy !== 'anonymous' && policy !== 'signed',
  } as unknown as Route
}
