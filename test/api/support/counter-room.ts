import { randomUUID } from 'node:crypto'
import { createServer as createHttpServer, type Server } from 'node:http'
import { once } from 'node:events'
import path from 'node:path'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { inject } from 'vitest'
import { fileAct } from '../../../activities/filing/file-act.ts'
import type { MatterClient } from '../../../api/matters/matter-client.ts'
import type { Services } from '../../../api/http/route.ts'
import { createProofDesk, type ProofDesk } from '../../../api/audit/proof-desk.ts'
import { createServer } from '../../../api/http/server.ts'
import { createDatabaseClient } from '../../../platform/database-session.ts'
import { type Config, loadConfig } from '../../../platform/config.ts'
import { createFieldCipher } from '../../../platform/field-cipher.ts'
import { type Archive, openArchive } from '../../../prisma/client.ts'
import { seed } from '../../../prisma/seed/seed.ts'
import { postId, type SeedPerson, trainingPassword } from '../../../prisma/seed/people.ts'
import type { ActRequest, ActResult } from '../../../workflows/shared/matter-contract.ts'
import { sessionKey, sharedSession } from '../../support/counter.ts'
import { createTestDatabase } from '../../support/database.ts'
import { openOwnerArchive } from '../../support/owner-archive.ts'
import { World } from '../../support/world.ts'

export const callbackSecret = 'a-callback-secret-of-this-test-run-only'
const nowhere = 'http://127.0.0.1:2'

/** The counter by itself: a real archive and real filing, and in the engine's place a desk that files at once. */
export type CounterRoom = {
  url: string
  /** The archive's address as its owner, whom no grant holds back. */
  ownerUrl: string
  config: Config
  archive: Archive
  proof: ProofDesk
  /** With the rights of a worker. */
  hands: Archive
  /** With every right, to plant. */
  owner: Archive
  world: World
  /** What the engine does meanwhile; tests put a failure here. */
  engine: { act: (matterId: string, request: ActRequest) => ReturnType<MatterClient['act']>; looks: string[] }
  /** Real time, as sessions see it. */
  wall: { now: Date }
  /** What was logged. */
  lines: string[]
  signIn(person: SeedPerson, password?: string): Promise<Response>
  /** Signs in where that was not done yet, or has ended since. */
  cookieOf(person: SeedPerson, over?: string): Promise<string>
  /** A request as it goes over the wire; with a request id unless told otherwise. */
  send(method: string, path: string, options?: Sent): Promise<Response>
  /** The address of one more counter on the same archive, as of another process or after a restart. */
  opensAnother(environment?: 'production'): Promise<string>
  /** A statement of the database's owner. */
  asOwner(statement: string): Promise<void>
  close(): Promise<void>
}

type Sent = { as?: SeedPerson; body?: unknown; headers?: Record<string, string>; raw?: string | Buffer }

/** As in training, or with the rules of production over the people of training. */
export async function openCounterRoom(
  about: string,
  environment: Record<string, string> = {},
  { as = 'training', ...settings }: { as?: Config['environment'] } & Pick<Services, 'bodyDeadlines'> = {},
): Promise<CounterRoom> {
  const database = await createTestDatabase()
  const config = loadConfig({
    DATABASE_URL: database.url,
    DATABASE_APP_URL: database.appUrl,
    MATCHING_CALLBACK_SECRET: callbackSecret,
    BANK_CALLBACK_SECRET: callbackSecret,
    ...environment,
    SEAL_DIR: path.join(inject('scratchDir'), randomUUID()),
  })
  await seed(database.url, config)
  const archive = openArchive({
    url: database.appUrl,
    process: 'api',
    cipher: createFieldCipher(config.keys),
    maxConnections: 6,
  })
  const hands = openArchive({
    url: database.appUrl,
    process: 'worker',
    cipher: createFieldCipher(config.keys),
    maxConnections: 6,
  })
  const owner = openOwnerArchive(database.url, config)
  const engine: CounterRoom['engine'] = { act: filesAtOnce(hands), looks: [] }
  const desk: MatterClient = {
    submit: (matterId, request) => engine.act(matterId, request),
    act: (matterId, request) => engine.act(matterId, request),
    look: async (matterId) => void engine.looks.push(matterId),
    engineId: async () => 'no engine',
    carriedCases: async () => new Set<string>(),
  }
  const wall = { now: new Date() }
  const lines: string[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
  const servers: Server[] = []
  const proof = createProofDesk({ archive, config, log })
  const open = async (environment = config.environment) => {
    const services = {
      archive,
      desk,
      proof,
      config: { ...config, environment },
      log,
      wallClock: () => wall.now,
      ...settings,
    }
    const server = createHttpServer(createServer(services))
    servers.push(server)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const url = await open(as)

  const room: CounterRoom = {
    url,
    ownerUrl: database.url,
    config,
    archive,
    proof,
    hands,
    owner,
    engine,
    wall,
    lines,
    opensAnother: open,
    world: new World({ api: url, matchingCentre: nowhere, bank: nowhere }, about),
    signIn: (person, password = trainingPassword) => {
      const { staffNumber, office, role } = person
      return room.send('POST', '/api/sessions', { body: { staffNumber, password, postId: postId({ office, role }) } })
    },
    cookieOf: (person, over) => {
      const key = sessionKey(url, person.staffNumber, postId(person))
      return sharedSession(key, async () => readCookie(await room.signIn(person)), over)
    },
    async send(method, path, { as, body, headers = {}, raw } = {}) {
      const once = async (over?: string) => {
        const session = as === undefined ? undefined : await room.cookieOf(as, over)
        return { session, response: await request(session) }
      }
      const content = raw ?? (body === undefined ? undefined : JSON.stringify(body))
      const requestId = randomUUID()
      const request = (session: string | undefined) =>
        fetch(`${url}${path}`, {
          method,
          headers: {
            ...(method === 'GET' ? {} : { 'request-id': requestId, 'content-type': 'application/json' }),
            ...(session === undefined ? {} : { cookie: session }),
            ...headers,
          },
          ...(content === undefined ? {} : { body: content as string }),
        })
      const first = await once()
      // Ended since, by another sign-in: one more, as a person does.
      const again = first.response.status === 401 && first.session !== undefined
      return again ? (await once(first.session)).response : first.response
    },
    async asOwner(statement) {
      const owner = createDatabaseClient(database.url)
      await owner.connect()
      try {
        await owner.query(statement)
      } finally {
        await owner.end()
      }
    },
    async close() {
      for (const server of servers) {
        server.closeAllConnections()
        server.close()
      }
      await archive.close()
      await hands.close()
      await owner.close()
      await database.drop()
    },
  }
  return room
}

export function readCookie(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

/** Files like the procedure does, without one. */
function filesAtOnce(archive: Archive) {
  return async (matterId: string, { officerId, requestId }: ActRequest): Promise<ActResult> => {
    for (let knownVersion = 0; ; ) {
      const answer = await fileAct(archive, { matterId, officerId, requestId, knownVersion })
      const { version } = answer.standing
      if (answer.outcome === 'REFUSED') return { outcome: 'REFUSED', code: answer.code, version }
      if (answer.outcome !== 'BEHIND') return { outcome: answer.outcome, version }
      knownVersion = version
    }
  }
}
