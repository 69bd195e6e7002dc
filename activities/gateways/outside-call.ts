const mostAnswerBytes = 4 * 1024 * 1024

/** How to reach one institution. */
export interface OutsideConnection {
  url: string
  token: string
  timeoutMs: number
  fetch?: typeof globalThis.fetch
}

/** One call to it. */
export interface OutsideCall {
  method: 'GET' | 'POST'
  path: string
  idempotencyKey?: string
  body?: unknown
}

/** What came of a call. `because` names the trouble and holds nothing of what was sent. */
export type OutsideAnswer =
  | { kind: 'answered'; status: number; body: unknown }
  | { kind: 'unanswered'; because: string }

/** Calls an institution and never throws: whatever is not a readable answer below 500 is `unanswered`. */
export async function callOutside(connection: OutsideConnection, call: OutsideCall): Promise<OutsideAnswer> {
  const { url, token, timeoutMs, fetch = globalThis.fetch } = connection
  try {
    const response = await fetch(`${url.replace(/\/+$/, '')}${call.path}`, {
      method: call.method,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(call.body !== undefined && { 'content-type': 'application/json' }),
        ...(call.idempotencyKey !== undefined && { 'idempotency-key': call.idempotencyKey }),
      },
      body: call.body === undefined ? null : JSON.stringify(call.body),
      // A redirect would carry the token and a household's data to an address that nobody agreed to.
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (response.status >= 500) {
      await response.body?.cancel()
      return { kind: 'unanswered', because: `status ${response.status}` }
    }
    return { kind: 'answered', status: response.status, body: JSON.parse(await readText(response)) as unknown }
  } catch (error) {
    return { kind: 'unanswered', because: nameTrouble(error) }
  }
}

async function readText(response: Response): Promise<string> {
  if (response.body === null) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body) {
    size += chunk.byteLength
    if (size > mostAnswerBytes) throw new RangeError(`The answer is longer than ${mostAnswerBytes} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function nameTrouble(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown trouble'
  const cause = error.cause instanceof Error ? error.cause : undefined
  return cause !== undefined && 'code' in cause ? String(cause.code) : error.name
}
