import type { EvidenceKind } from '../../domain/vocabulary.ts'
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Problem } from '../../api/http/nouns.ts'
import { Refused } from './refused.ts'

type Credentials = { staffNumber: string; password: string; postId: string }

/** Everybody in a run shares an officer's sign-in on a post, as there is one session of it at a time. */
const signedIn = new Map<string, Promise<string>>()

/** The cookie of an officer on a post; `signIn` is asked for one where there is none yet, or none but the one that is over. */
export async function sharedSession(key: string, signIn: () => Promise<string>, over?: string): Promise<string> {
  const known = signedIn.get(key)
  const cookie = await known?.catch(() => undefined)
  if (cookie !== undefined && cookie !== over) return cookie
  // Of several who find it over at the same time one signs in.
  const other = signedIn.get(key)
  if (other !== known && other !== undefined) return other
  const fresh = signIn()
  signedIn.set(key, fresh)
  return fresh
}

/** A file on its way to the counter. */
export class SentFile {
  readonly name: string
  readonly type: string
  readonly content: Uint8Array<ArrayBuffer>
  readonly evidenceKind: EvidenceKind

  constructor(name: string, type: string, content: Uint8Array<ArrayBuffer>, evidenceKind: EvidenceKind = 'OTHER') {
    this.evidenceKind = evidenceKind
    this.name = name
    this.type = type
    this.content = content
  }
}

function headersOf(body: object | SentFile | undefined): Record<string, string> {
  if (body === undefined) return {}
  if (!(body instanceof SentFile)) return { 'content-type': 'application/json' }
  return { 'content-type': body.type, 'file-name': encodeURIComponent(body.name), 'evidence-kind': body.evidenceKind }
}

/** One officer's browser at the counter: keeps the cookie, signs in when first needed and again when a session ended. */
export class Counter {
  readonly #api: string
  readonly #credentials: Credentials

  constructor(api: string, credentials: Credentials) {
    this.#api = api
    this.#credentials = credentials
  }

  async get<T>(path: string): Promise<T> {
    return (await this.#ask('GET', path)).json() as Promise<T>
  }

  /** A paper or file as it is kept. */
  async getText(path: string): Promise<string> {
    return (await this.#ask('GET', path)).text()
  }

  /** A file that is made when asked for. */
  async getBytes(path: string): Promise<Buffer> {
    return Buffer.from(await (await this.#ask('GET', path)).arrayBuffer())
  }

  /** The same request id again is the same request again. */
  async post<T>(path: string, body: object, requestId: string = randomUUID()): Promise<T> {
    return (await this.#ask('POST', path, body, requestId)).json() as Promise<T>
  }

  /** A file as it is handed in. */
  async postFile<T>(path: string, file: SentFile): Promise<T> {
    return (await this.#ask('POST', path, file, randomUUID())).json() as Promise<T>
  }

  async #ask(method: string, path: string, body?: object | SentFile, requestId?: string): Promise<Response> {
    let over: string | undefined
    for (let attempt = 1; ; attempt += 1) {
      const cookie = await this.#session(over)
      const response = await this.#send(method, path, { cookie, body, requestId })
      if (response.ok) return response
      // Ended, or another run signed the same officer in meanwhile.
      if (response.status !== 401 || attempt === mostSignIns) throw await refusedBy(response)
      await response.arrayBuffer()
      over = cookie
    }
  }

  /** 503 says that the outcome is unknown: the same request goes out again, as a browser does. */
  async #send(
    method: string,
    path: string,
    { cookie, body, requestId }: { cookie: string; body: object | SentFile | undefined; requestId: string | undefined },
  ): Promise<Response> {
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(`${this.#api}${path}`, {
        method,
        headers: {
          cookie,
          ...headersOf(body),
          ...(requestId === undefined ? {} : { 'request-id': requestId }),
        },
        ...(body === undefined ? {} : { body: body instanceof SentFile ? body.content : JSON.stringify(body) }),
      })
      if (response.status !== 503 || attempt === mostAttempts) return response
      await response.arrayBuffer()
      await pause(Math.min(5, Number(response.headers.get('retry-after') ?? 1)) * 1000)
    }
  }

  #session(over: string | undefined): Promise<string> {
    const { staffNumber, postId } = this.#credentials
    return sharedSession(sessionKey(this.#api, staffNumber, postId), () => this.#signIn(), over)
  }

  async #signIn(): Promise<string> {
    const response = await fetch(`${this.#api}/api/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'request-id': randomUUID() },
      body: JSON.stringify(this.#credentials),
    })
    if (!response.ok) throw await refusedBy(response)
    await response.arrayBuffer()
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ')
  }
}

const mostAttempts = 8
const mostSignIns = 6

export function sessionKey(api: string, staffNumber: string, postId: string): string {
  return `${api} ${staffNumber} ${postId}`
}

async function refusedBy(response: Response): Promise<Refused> {
  const text = await response.text()
  try {
    const problem = JSON.parse(text) as Problem
    if (typeof problem.code === 'string') return new Refused(problem)
  } catch {
    // No problem document: said as it came below.
  }
  const { status } = response
  const detail = `${response.url} answered ${status}: ${text.slice(0, 300)}`
  return new Refused({ type: 'about:blank', title: 'No problem document', status, code: `http${status}`, detail })
}
