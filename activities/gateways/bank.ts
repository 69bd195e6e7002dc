import { z } from 'zod'
import { instantAsSent, outsideId, outsideText } from '../../domain/schemas/nouns.ts'
import { type AccountCheckResult, accountCheckResults } from '../../domain/vocabulary.ts'
import { GatewayNotUnderstood, GatewayUnanswered } from './gateway-errors.ts'
import { callOutside, type OutsideAnswer, type OutsideConnection } from './outside-call.ts'

/** An order to the bank to credit one account once. `instructionId` is its number for good. */
export interface BankInstruction {
  instructionId: string
  account: string
  holderName: string
  amountFen: number
  currency: 'CNY'
  purpose: string
  reference: string
}

/**
 * What is known after sending. `refused`: the bank will never carry out this number. `unknown`: the bank must be asked
 * before anything is sent again.
 */
export type SendResult = { kind: 'accepted' } | { kind: 'refused'; code: string } | { kind: 'unknown'; because: string }

/** What the bank says of an instruction, a return in its own words. Only `notKnown` allows the same number to go out again. */
export type AskResult =
  | { kind: 'paid'; settledAt: string }
  | { kind: 'returned'; reason: string; settledAt: string }
  | { kind: 'accepted' }
  | { kind: 'notKnown' }

/** The bank that pays out, as we need it. */
export interface Bank {
  /** Never throws for what the bank or the network does. */
  send(instruction: BankInstruction): Promise<SendResult>
  /** Throws `GatewayUnanswered` or `GatewayNotUnderstood` where no conclusion is possible. Ask again. */
  ask(instructionId: string): Promise<AskResult>
  /** Whether a name and a number belong together. Throws as `ask` does. */
  checkAccount(account: { account: string; holderName: string }): Promise<AccountCheckResult>
}

const Accepted = z.object({ instructionId: outsideId, state: z.literal('ACCEPTED') })
const Problem = z.object({ code: z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/) })
const AccountCheck = z.object({ result: z.enum(accountCheckResults) })
const MatterStatus = z.discriminatedUnion('state', [
  z.object({ instructionId: outsideId, state: z.literal('ACCEPTED') }),
  z.object({ instructionId: outsideId, state: z.literal('PAID'), settledAt: instantAsSent }),
  z.object({
    instructionId: outsideId,
    state: z.literal('RETURNED'),
    reason: outsideText,
    settledAt: instantAsSent,
  }),
])

// Any other status says nothing final: a wrong token or too many calls is no refusal of money, and a conflict (409)
// means that the number is in the bank's book with another content, so it may even have been paid.
const refusingStatuses: readonly number[] = [400, 422]

/** Opens the gateway to the bank. */
export function createBank(connection: OutsideConnection): Bank {
  return {
    async send(instruction) {
      const answer = await callOutside(connection, {
        method: 'POST',
        path: '/v1/instructions',
        idempotencyKey: instruction.instructionId,
        body: instruction,
      })
      return readSendResult(answer, instruction.instructionId)
    },
    async ask(instructionId) {
      const path = `/v1/instructions/${encodeURIComponent(instructionId)}`
      return readAskResult(await callOutside(connection, { method: 'GET', path }), instructionId)
    },
    async checkAccount({ account, holderName }) {
      const body = { account, holderName }
      return readCheckResult(await callOutside(connection, { method: 'POST', path: '/v1/account-checks', body }))
    },
  }
}

function readSendResult(answer: OutsideAnswer, instructionId: string): SendResult {
  if (answer.kind === 'unanswered') return { kind: 'unknown', because: answer.because }
  if (answer.status === 200 || answer.status === 202) {
    const accepted = Accepted.safeParse(answer.body)
    return accepted.success && accepted.data.instructionId === instructionId
      ? { kind: 'accepted' }
      : { kind: 'unknown', because: 'answer not understood' }
  }
  const problem = Problem.safeParse(answer.body)
  return refusingStatuses.includes(answer.status) && problem.success
    ? { kind: 'refused', code: problem.data.code }
    : { kind: 'unknown', because: problem.data?.code ?? `status ${answer.status}` }
}

function readCheckResult(answer: OutsideAnswer): AccountCheckResult {
  if (answer.kind === 'unanswered') throw new GatewayUnanswered(`The bank gave no answer (${answer.because}).`)
  const check = AccountCheck.safeParse(answer.body)
  if (answer.status !== 200 || !check.success) {
    throw new GatewayNotUnderstood(
      `The bank answered with status ${answer.status} and not by its contract.`,
      answer.body,
    )
  }
  return check.data.result
}

function readAskResult(answer: OutsideAnswer, instructionId: string): AskResult {
  if (answer.kind === 'unanswered') throw new GatewayUnanswered(`The bank gave no answer (${answer.because}).`)
  // A 404 without the bank's own word may come from anything in between, and would let money out twice.
  if (answer.status === 404 && Problem.safeParse(answer.body).data?.code === 'NOT_KNOWN') return { kind: 'notKnown' }
  const standing = MatterStatus.safeParse(answer.body)
  if (answer.status !== 200 || !standing.success || standing.data.instructionId !== instructionId) {
    throw new GatewayNotUnderstood(
      `The bank answered with status ${answer.status} and not by its contract.`,
      answer.body,
    )
  }
  switch (standing.data.state) {
    case 'ACCEPTED':
      return { kind: 'accepted' }
    case 'PAID':
      return { kind: 'paid', settledAt: standing.data.settledAt }
    case 'RETURNED':
      return { kind: 'returned', reason: standing.data.reason, settledAt: standing.data.settledAt }
  }
}
