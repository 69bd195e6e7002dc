import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Problem } from '../../api/contract/nouns.ts'
import { Refused } from './refused.ts'

type Credentials = { staffNumber: string; password: string; postId: string }

/** One officer's browser at the counter: keeps the cookie, signs in when first needed and again when a session ended. */
export class Counter {
  readonly #api: string
  readonly #credentials: Credentials
  #cookie: Promise<string> | null = null

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

  async #ask(method: string, path: string, body?: object, requestId?: string): Promise<Response> {
    let response = await this.#send(method, path, body, requestId)
    if (response.status === 401) {
      this.#cookie = null
      response = await this.#send(method, path, body, requestId)
    }
    if (response.ok) return response
    throw await refusedBy(response)
  }

  /** 503 says that the outcome is unknown: the same request goes out again, as a browser does. */
  async #send(method: string, path: string, body?: object, requestId?: string): Promise<Response> {
    for (let attempt = 1; ; attempt += 1) {
      const response = await fetch(`${this.#api}${path}`, {
        method,
        headers: {
          cookie: await this.#session(),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(requestId === undefined ? {} : { 'request-id': requestId }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (response.status !== 503 || attempt === mostAttempts) return response
      await response.arrayBuffer()
      await pause(Math.min(5, Number(response.headers.get('retry-after') ?? 1)) * 1000)
    }
  }

  #session(): Promise<string> {
    this.#cookie ??= this.#signIn()
    return this.#cookie
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
