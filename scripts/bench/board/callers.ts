import { randomUUID } from 'node:crypto'
import { trainingPassword } from '../../../prisma/seed/people.ts'

/** How long each of some calls took, as the caller saw it, and how large the last answer was. */
export type Timed = { name: string; ms: number[]; bytes: number }

/** One officer's browser at the counter. */
export type Caller = (path: string) => Promise<Response>

/** Signs in the first holder of a planted post. */
export async function signIn(api: string, postId: string): Promise<Caller> {
  const response = await fetch(`${api}/api/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'request-id': randomUUID() },
    body: JSON.stringify({ staffNumber: `${postId}.1`, password: trainingPassword, postId }),
  })
  if (!response.ok) throw new Error(`${postId} could not sign in: ${await response.text()}`)
  const cookie = response.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ')
  return (path) => fetch(`${api}${path}`, { headers: { cookie } })
}

export type CallOptions = { times: number; atOnce: number; mostSeconds: number }

/** Calls again and again, some at a time, until there are enough or the time is up. The first few warm up only. */
export async function timeCalls(name: string, caller: Caller, path: string, options: CallOptions): Promise<Timed> {
  const { times, atOnce, mostSeconds } = options
  for (let warm = 0; warm < Math.min(10, times); warm += 1) await read(caller, path)
  const ms: number[] = []
  let bytes = 0
  let left = times
  const until = performance.now() + mostSeconds * 1000
  const one = async () => {
    while (left > 0 && performance.now() < until) {
      left -= 1
      const start = performance.now()
      bytes = (await read(caller, path)).byteLength
      ms.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
  return { name, ms, bytes }
}

async function read(caller: Caller, path: string): Promise<ArrayBuffer> {
  const response = await caller(path)
  if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`)
  return response.arrayBuffer()
}

/** Where a page lies that a person would reach by turning so many pages; the last one that there is. */
export async function deepPage(caller: Caller, path: string, turns: number): Promise<string> {
  let at = path
  for (let turned = 0; turned < turns; turned += 1) {
    const { nextCursor } = JSON.parse(Buffer.from(await read(caller, at)).toString()) as { nextCursor: string | null }
    if (nextCursor === null) break
    at = `${path}&cursor=${nextCursor}`
  }
  return at
}
