import type { CivilStatus, MatchingSource, ReturnReason } from '../../domain/vocabulary.ts'

/** What a register knows of a person, as the matching centre words it. */
export type Finding =
  | { kind: 'INCOME'; incomeKind: string; monthlyFen: number; description: string }
  | { kind: 'PROPERTY'; propertyKind: string; valueFen: number; description: string }
  | { kind: 'CIVIL_STATUS'; status?: CivilStatus; description: string }

export type BankLine = { kind: string; instructionId?: string; amountFen?: number; callbackId?: string; name?: string }

/** Directs the matching centre of the sandbox. */
export class MatchingCentre {
  readonly #url: string

  constructor(url: string) {
    this.#url = url
  }

  /** Puts a person into registers. */
  async knows(
    { identityNumber }: { identityNumber: string },
    entry: Partial<Record<MatchingSource, Finding[] | 'NO_ANSWER'>>,
  ): Promise<void> {
    await direct(this.#url, 'PUT', `/sandbox/register/${identityNumber}`, entry)
  }

  async suffers(plan: object): Promise<void> {
    await direct(this.#url, 'PUT', '/sandbox/faults', plan)
  }

  async recovers(): Promise<void> {
    await direct(this.#url, 'PUT', '/sandbox/faults', {})
  }
}

/** Directs the bank of the sandbox, and reads its book. */
export class Bank {
  readonly #url: string

  constructor(url: string) {
    this.#url = url
  }

  /** Says how an account behaves when it is credited. */
  async treats(
    account: string,
    behaviour: {
      outcome: 'PAID' | 'RETURNED' | 'PAID_THEN_RETURNED' | 'HELD'
      reason?: ReturnReason
      holderName?: string
    },
  ): Promise<void> {
    await direct(this.#url, 'PUT', `/sandbox/accounts/${account}`, behaviour)
  }

  async suffers(plan: object): Promise<void> {
    await direct(this.#url, 'PUT', '/sandbox/faults', plan)
  }

  async recovers(): Promise<void> {
    await direct(this.#url, 'PUT', '/sandbox/faults', {})
  }

  async lines(): Promise<BankLine[]> {
    return (await direct<{ lines: BankLine[] }>(this.#url, 'GET', '/sandbox/book')).lines
  }

  /** How many callbacks the bank still owes. */
  async callbacksWaiting(): Promise<number> {
    const { totals } = await direct<{ totals: { callbacksWaiting: number } }>(this.#url, 'GET', '/sandbox/book')
    return totals.callbacksWaiting
  }

  /** How often, and how much, the book says an instruction was credited. */
  async creditsOf(instructionId: string): Promise<{ times: number; amountFen: number }> {
    const credits = (await this.lines()).filter(
      (line) => line.kind === 'credited' && line.instructionId === instructionId,
    )
    return { times: credits.length, amountFen: credits.reduce((total, { amountFen = 0 }) => total + amountFen, 0) }
  }
}

async function direct<T>(url: string, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${url}${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${method} ${url}${path} answered ${response.status}: ${await response.text()}`)
  return (response.status === 204 ? undefined : await response.json()) as T
}
