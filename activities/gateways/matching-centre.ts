import { z } from 'zod'
import { outsideId } from '../../domain/schemas/nouns.ts'
import type { MatchingSource, Programme } from '../../domain/vocabulary.ts'
import { GatewayNotUnderstood, GatewayRefused, GatewayUnanswered } from './gateway-errors.ts'
import { callOutside, type OutsideConnection } from './outside-call.ts'

/** A request to match the persons of one household. `requestId` is its number for good. */
export interface MatchingRequestInput {
  requestId: string
  authorisationRef: string
  programme: Programme
  persons: readonly { personRef: string; name: string; identityNumber: string }[]
  sources: readonly MatchingSource[]
}

/** How a request stands, with every answer so far, oldest first. Each answer is read by itself, when it is entered. */
export const MatchingRequestState = z.object({
  requestId: outsideId,
  state: z.string(),
  answers: z.array(z.unknown()),
})
export type MatchingRequestState = z.infer<typeof MatchingRequestState>

/** The matching centre, as we need it. Both throw `GatewayUnanswered`, after which the same may be sent again. */
export interface MatchingCentre {
  /** Throws `GatewayRefused` where the centre says no. */
  request(input: MatchingRequestInput): Promise<'accepted'>
  find(requestId: string): Promise<MatchingRequestState | null>
}

const Receipt = z.object({ requestId: outsideId, state: z.string() })
const Problem = z.object({ code: z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/) })
const refusingStatuses: readonly number[] = [400, 409, 422]

/** Opens the gateway to the matching centre. */
export function createMatchingCentre(connection: OutsideConnection): MatchingCentre {
  return {
    async request(input) {
      const { requestId } = input
      const { status, body } = await call({
        method: 'POST',
        path: '/v1/requests',
        idempotencyKey: requestId,
        body: input,
      })
      const problem = Problem.safeParse(body)
      if (refusingStatuses.includes(status) && problem.success) {
        throw new GatewayRefused('matching centre', problem.data.code)
      }
      if ((status === 200 || status === 202) && Receipt.safeParse(body).data?.requestId === requestId) return 'accepted'
      throw notUnderstood(status, body)
    },
    async find(requestId) {
      const { status, body } = await call({ method: 'GET', path: `/v1/requests/${encodeURIComponent(requestId)}` })
      if (status === 404 && Problem.safeParse(body).data?.code === 'NOT_KNOWN') return null
      const state = MatchingRequestState.safeParse(body)
      if (status === 200 && state.success && state.data.requestId === requestId) return state.data
      throw notUnderstood(status, body)
    },
  }

  async function call(outsideCall: Parameters<typeof callOutside>[1]) {
    const answer = await callOutside(connection, outsideCall)
    if (answer.kind === 'answered') return answer
    throw new GatewayUnanswered(`The matching centre gave no answer (${answer.because}).`)
  }
}

function notUnderstood(status: number, body: unknown): GatewayNotUnderstood {
  return new GatewayNotUnderstood(`The matching centre answered with status ${status} and not by its contract.`, body)
}
