/** A household's case on its way. `version` is what the officer at the desk sees. */
export type BenchCase = {
  readonly matterId: string
  readonly personId: string
  readonly accountId: string
  version: number
  assessmentId: string | null
  /** The papers of the next act, written already. */
  paperIds: string[]
}
