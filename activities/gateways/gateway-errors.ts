/** No usable answer came: it timed out, broke off, or was an outage. Whether the act took place is unknown. */
export class GatewayUnanswered extends Error {
  override readonly name = 'GatewayUnanswered'
}

/** The institution understood and said no. Sending the same again changes nothing. */
export class GatewayRefused extends Error {
  override readonly name = 'GatewayRefused'
  readonly code: string

  constructor(institution: string, code: string) {
    super(`The ${institution} refused with ${code}. See its contract in docs/contracts for what the code means.`)
    this.code = code
  }
}

/** An answer came that does not follow the contract. Nothing may be concluded from it; `body` is for a person to see. */
export class GatewayNotUnderstood extends Error {
  override readonly name = 'GatewayNotUnderstood'
  readonly #body: unknown

  constructor(message: string, body: unknown) {
    super(message)
    this.#body = body
  }

  /** Not a field of its own: whoever writes an error into a log or a history would write a household's data. */
  body(): unknown {
    return this.#body
  }
}
