import type { Problem } from '../../api/http/nouns.ts'

/** The counter said no, by name: `code` is the name, `message` the sentence that the officer reads. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: string
  readonly status: number
  readonly problem: Problem

  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.detail}${problem.faults ? ` ${JSON.stringify(problem.faults)}` : ''}`)
    this.code = problem.code
    this.status = problem.status
    this.problem = problem
  }
}
