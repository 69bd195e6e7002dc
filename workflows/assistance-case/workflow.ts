import { allHandlersFinished, condition, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow'
import { CaseDesk } from './case-desk.ts'
import { type AssistanceCaseInput, type AssistanceCaseResult, actUpdate, lookSignal } from './contract.ts'

/**
 * The procedure of one case, from application to its first payment or its refusal. People act by updates; answers from
 * outside and the passing of time make it look; what the archive says it owes, it does. Silence never approves and
 * never refuses.
 */
export async function assistanceCaseWorkflow(input: AssistanceCaseInput): Promise<AssistanceCaseResult> {
  const desk = new CaseDesk(input)
  setHandler(actUpdate, (request) => desk.act(request), { validator: (request) => desk.mayAct(request) })
  setHandler(lookSignal, () => desk.noteNews())

  if (!input.withAct) await desk.look()
  if (desk.isDraft) await desk.untilFiledOrRefused()

  while (desk.isOpen && !desk.isDraft) {
    desk.startDuties()
    await desk.untilSomethingHappens()
    if (desk.hasNews) await desk.look()
    if (workflowInfo().continueAsNewSuggested && desk.isIdle) await startAfresh(input)
  }

  await condition(allHandlersFinished)
  return { stage: desk.stage, version: desk.version }
}

/** A run reads everything from the archive, so a fresh one needs nothing but the id. */
async function startAfresh(input: AssistanceCaseInput): Promise<void> {
  await condition(allHandlersFinished)
  await continueAsNew<typeof assistanceCaseWorkflow>({ caseId: input.caseId })
}
