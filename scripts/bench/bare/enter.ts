import { createHash } from 'node:crypto'
import { countyId, placeId } from '../household.ts'
import type { Run } from './database.ts'

/** An event of the bare build with what the log and the audit say of it. */
export type BareEvent = {
  eventId: string
  matterId: string
  seq: number
  type: string
  data: object
  officerId: string | null
  postId: string | null
  officeId: string | null
  role: string | null
  capacity: string | null
  cause: { kind: string; id: string }
  papers: readonly object[]
  action: string
}

const beginning = '0'.repeat(64)

/** Enters events in the log and chains their audit, as our filing does. */
export async function enter(run: Run, events: readonly BareEvent[]): Promise<void> {
  const [first] = events
  if (!first) return
  const register = `case:${first.matterId}`
  const [last] = await run<{ seq: number; hash: string }>('lastAudit', register)
  let { seq, hash } = last ?? { seq: 0, hash: beginning }
  for (const event of events) {
    const { eventId, matterId, type, officerId, postId, officeId, role, capacity, cause } = event
    const data = JSON.stringify(event.data)
    const papers = JSON.stringify(event.papers)
    await run(
      'enter',
      eventId,
      matterId,
      countyId,
      event.seq,
      type,
      data,
      officerId,
      postId,
      officeId,
      role,
      capacity,
      cause.kind,
      cause.id,
      papers,
    )
    seq += 1
    const detail = JSON.stringify({ seq: event.seq, type, data: event.data, papers: event.papers, cause })
    const next = createHash('sha256').update(`${register}${seq}${detail}${hash}`).digest('hex')
    await run(
      'audit',
      register,
      seq,
      officerId,
      postId,
      officeId,
      role,
      placeId,
      event.action,
      matterId,
      eventId,
      detail,
      hash,
      next,
    )
    hash = next
  }
}
