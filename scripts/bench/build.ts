import type { BenchCase } from './bench-case.ts'
import type { Step } from './path.ts'

/** One way to build the same approvals. Every build leaves the same rows behind. */
export type Build = Readonly<{
  /** What goes with an act and is written before it: papers, and the assessment that is signed for. */
  prepare: (theCase: BenchCase, step: Step) => Promise<void>
  /** The decision: written down, handed in, answered. This is what the round trip measures. */
  act: (theCase: BenchCase, step: Step) => Promise<void>
  /** The matching centre is asked and all its sources answer at once. */
  match: (theCase: BenchCase) => Promise<void>
  /** The workflow of a case, where the build has one. */
  workflowIdOf?: (matterId: string) => string
  /** Programs whose computing time belongs to the build, by name, beside this one and the two servers. */
  pids: Readonly<Record<string, number>>
  close: () => Promise<void>
}>
