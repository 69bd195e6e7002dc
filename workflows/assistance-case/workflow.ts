import { actionsAt } from '../../domain/procedures/assistance-case/procedure.ts'
import type { MatterInput, MatterResult } from '../shared/matter-contract.ts'
import { runMatter } from '../shared/run-matter.ts'
import { duties } from './duties.ts'

/** An application, from the village to its first payment or its refusal. */
export async function assistanceCaseWorkflow(input: MatterInput): Promise<MatterResult> {
  return runMatter(input, { actsAt: actionsAt, duties })
}
