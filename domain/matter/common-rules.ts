import type { CommonAct, CommonCommand } from './acts.ts'
import type { Circumstances } from './circumstances.ts'
import type { CommonFacts, FactOf } from './facts.ts'
import { judgeWaiting } from './judge-waiting.ts'
import { judgeSupervision } from './oversight.ts'
import type { Refusal } from './refusals.ts'
import type { MatterState } from './state.ts'

/** The rules of the acts that every matter knows. */
export const commonRules: Record<
  CommonAct,
  (command: CommonCommand, state: MatterState, circumstances: Circumstances) => FactOf<CommonFacts> | Refusal
> = {
  AWAIT: judgeWaiting,
  END_WAITING: judgeWaiting,
  MARK_RISK: judgeSupervision,
  ASSIGN: judgeSupervision,
  URGE: judgeSupervision,
  ISSUE_ORDER: judgeSupervision,
  ANSWER_ORDER: judgeSupervision,
  CLOSE_ORDER: judgeSupervision,
}
