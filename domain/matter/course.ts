import type { Level } from '../vocabulary.ts'
import type { LimitKey } from './limit-keys.ts'
import type { Permission } from './permission.ts'

/** One stage of a procedure, as an official would read it aloud. */
export type StageOf<
  Act extends string = string,
  Fact extends string = string,
  Stage extends string = string,
  State = never,
> = {
  /** Who holds the matter here: village, township or county. */
  level: Level
  what: string
  acts: readonly Permission<Act, State>[]
  /** Limits that may run while a matter is here. */
  limits: readonly LimitKey[]
  /** What the system does without being asked. */
  byItself?: string
  /** Which acts, and which facts that the system enters by itself, lead to another stage, and to which. */
  goesTo: { readonly [A in Act | Fact]?: readonly (Stage | 'CLOSED')[] }
}
