import type { MatterStatus } from '../../activities/contract.ts'
import type { CaseDuty } from '../../domain/procedures/assistance-case/duties.ts'
import { ask, pay } from '../shared/activities.ts'

/**
 * What the procedure does for a case by itself. Which of these is owed at a stage is derived from the log
 * (`dutiesOf`), so a lost engine, a restored one and a killed worker all take up the same work.
 */
export const duties: Record<CaseDuty, (at: { caseId: string }) => Promise<MatterStatus>> = {
  REQUEST_MATCHING: (at) => ask.requestMatching(at),
  ASK_MATCHING_CENTRE: (at) => ask.askMatchingCentre(at),
  CHECK_ACCOUNT: (at) => pay.checkAccount(at),
  SEND_PAYMENT: (at) => pay.sendPayment(at),
  ASK_BANK: (at) => pay.askBank(at),
}
