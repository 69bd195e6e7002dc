import { allHandlersFinished, condition, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow'
import { actUpdate, lookSignal, type MatterInput, type MatterResult } from './matter-contract.ts'
import { type Course, MatterSession } from './matter-session.ts'

/**
 * One matter of whatever procedure, from its first act until it is closed. People act by updates; answers from outside and
 * the passing of time make it look; what the database says it owes, it does. Silence never approves and never refuses.
 */
export async function runMatter(input: MatterInput, course: Course): Promise<MatterResult> {
  const session = new MatterSession(input, course)
  setHandler(actUpdate, (request) => session.act(request), { validator: (request) => session.mayAct(request) })
  setHandler(lookSignal, () => session.noteNews())

  if (!input.withAct) await session.look()
  if (session.isDraft) await session.untilFiledOrRefused()

  while (session.isOpen && !session.isDraft) {
    session.startDuties()
    await session.untilSomethingHappens()
    if (session.hasNews) await session.look()
    if (workflowInfo().continueAsNewSuggested && session.isIdle) await startAfresh(input)
  }

  await condition(allHandlersFinished)
  return { stage: session.stage ?? 'DRAFT', version: session.version }
}

/** A run reads everything from the database, so a fresh one needs nothing but the id. */
async function startAfresh({ caseId }: MatterInput): Promise<void> {
  await condition(allHandlersFinished)
  await continueAsNew<(input: MatterInput) => Promise<MatterResult>>({ caseId })
}
