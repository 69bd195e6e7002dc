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

/** An answer came that does not follow the contract. Nothing may be concluded from it. */
export class GatewayNotUnderstood extends Error {
  override readonly name = 'GatewayNotUnderstood'
}
