import { setTimeout as delay } from 'node:timers/promises'
import type { Response } from 'express'
import type { CommonFaults, FaultPlan } from './fault-plan.ts'

/** An HTTP answer before it is sent. */
export interface Answer {
  status: number
  body: unknown
}

/** Answers a submission, unless a fault strikes before or after its effect. */
export async function answerSubmission<Plan extends CommonFaults>(input: {
  plan: FaultPlan<Plan>
  about: string
  response: Response
  effect: () => Promise<Answer>
}): Promise<void> {
  const { plan, about, response } = input
  await delay(plan.current().delayMs)
  if (plan.strikes('timeoutBeforeEffect', about)) return
  if (plan.strikes('cutBeforeEffect', about)) return void response.socket?.destroy()
  if (plan.strikes('error500', about)) return sendOutage(response)
  const answer = await input.effect()
  if (plan.strikes('timeoutAfterEffect', about)) return
  if (plan.strikes('cutAfterEffect', about)) return void response.socket?.destroy()
  if (plan.strikes('error500AfterEffect', about)) return sendOutage(response)
  response.status(answer.status).json(answer.body)
}

/** Answers a question, unless a fault strikes. */
export async function answerQuery<Plan extends CommonFaults>(input: {
  plan: FaultPlan<Plan>
  about: string
  response: Response
  find: () => Promise<Answer>
}): Promise<void> {
  const { plan, about, response } = input
  await delay(plan.current().delayMs)
  if (plan.strikes('queryTimeout', about)) return
  if (plan.strikes('queryError500', about)) return sendOutage(response)
  const answer = await input.find()
  response.status(answer.status).json(answer.body)
}

function sendOutage(response: Response): void {
  response.status(500).json({ code: 'OUT_OF_ORDER', message: 'The service is out of order. Ask again later.' })
}
