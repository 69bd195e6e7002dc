/** An answer of the institution that says no. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string

  constructor(input: { status: number; code: string; message: string }) {
    super(input.message)
    this.status = input.status
    this.code = input.code
  }
}
