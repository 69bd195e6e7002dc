import type { Action, Capacity } from '../vocabulary.ts'
import type { CaseEventType, CaseFact } from './case-events.ts'
import { isDecisionInBulk, isInBulk, singledOutBy } from '../supervision/acts-in-bulk.ts'
import { type CaseState, isOpen } from './case-state.ts'
import type { ActingOfficer, Circumstances, Verdict } from './circumstances.ts'
import type { Command } from './commands.ts'
import { judgeAccountUse } from './judge-account-use.ts'
import { judgeDecision } from './judge-decision.ts'
import { judgeFieldwork } from './judge-fieldwork.ts'
import { judgeIntake } from './judge-intake.ts'
import { judgePayment } from './judge-payment.ts'
import { judgeStatus } from './judge-status.ts'
import { judgeSupervision } from './judge-supervision.ts'
import { judgeWaiting } from './judge-waiting.ts'
import { findPermission, type Permission, submission } from './permitted-actions.ts'
import { recusalOf } from './recusal.ts'
import { type Refusal, refuse } from './refusals.ts'

export type Judgement = { fact: CaseFact; capacity: Capacity | null } | { refusal: Refusal }

/** News that changes nothing about what an officer was looking at. */
const immaterial: readonly CaseEventType[] = [
  // Whoever signs next signs the same sheet.
  'SURVEY_SIGNED',
  'LIMIT_BREACHED',
  'LIMIT_EXTENDED',
  'MATCHING_REQUESTED',
  'PAYMENT_HELD',
  'PAYMENT_HOLD_ENDED',
  'WAITING_BEGUN',
  'WAITING_ENDED',
  'TASK_ASSIGNED',
  'SUPERVISION_RAISED',
  'URGED',
  'ORDER_ISSUED',
  'ORDER_ANSWERED',
  'ORDER_CLOSED',
]

/**
 * Decides whether an act is permitted now and what it makes of the case. Pure: state and circumstances in, a fact or a
 * named refusal out. No machine refuses a household here; it refuses an officer an act.
 */
export function judge(command: Command, state: CaseState, circumstances: Circumstances): Judgement {
  const permission = permissionFor(command.action, state)
  if (permission === undefined) {
    return { refusal: refuse(isOpen(state) ? 'notPermittedAtThisStage' : 'caseClosed', { stage: state.stage }) }
  }
  const refusal =
    barredByAuthority(permission, circumstances) ??
    barredByPerson(permission, circumstances.officer) ??
    barredByTime(command, state, circumstances) ??
    barredInBulk(command, state, circumstances)
  if (refusal) return { refusal }

  const verdict = rulesOf[command.action](command, state, circumstances)
  return 'code' in verdict ? { refusal: verdict } : { fact: verdict, capacity: permission.capacity }
}

function permissionFor(action: Action, state: CaseState): Permission | undefined {
  if (action === 'SUBMIT') return state.version === 0 ? submission : undefined
  return state.version === 0 ? undefined : findPermission(state.stage, action)
}

function barredByAuthority(permission: Permission, { officer }: Circumstances): Refusal | undefined {
  if (!officer.holdsPost) return refuse('postNotHeld')
  if (!officer.coversPlace) return refuse('outsideYourArea')
  if (!permission.roles.includes(officer.role)) return refuse('notYourRole', { role: officer.role })
  return undefined
}

/** One person, one capacity; never one's own household or a relative's (57 Art. 11). */
function barredByPerson(permission: Permission, officer: ActingOfficer): Refusal | undefined {
  const recusal = recusalOf(officer)
  if (recusal !== null) return refuse(recusal)
  const { capacity } = permission
  if (capacity === null || officer.capacityHeld === null || officer.capacityHeld === capacity) return undefined
  const samePerson = officer.capacityHeld === 'PREPARE' && capacity === 'RELEASE'
  return samePerson
    ? refuse('sameFinanceOfficer')
    : refuse('otherCapacityInThisCase', { held: officer.capacityHeld, asked: capacity })
}

function barredByTime(command: Command, state: CaseState, circumstances: Circumstances): Refusal | undefined {
  const notAsShown = command.inBulk === true && command.versionSeen !== state.version
  if (
    notAsShown ||
    command.versionSeen > state.version ||
    circumstances.eventsSinceSeen.some((type) => !immaterial.includes(type))
  ) {
    return refuse('caseChangedSinceSeen', { versionSeen: command.versionSeen, version: state.version })
  }
  if (command.occurredOn > circumstances.today) return refuse('occurredInTheFuture', { today: circumstances.today })
  if (state.lastActOn !== null && command.occurredOn < state.lastActOn) {
    return refuse('occurredBeforeLastStep', { lastActOn: state.lastActOn })
  }
  return undefined
}

/** What is decided on many cases at once is decided only on such as have nothing about them that must be looked at. */
function barredInBulk(command: Command, { riskMarks }: CaseState, circumstances: Circumstances): Refusal | undefined {
  if (command.inBulk !== true) return undefined
  if (!isInBulk(command.action)) return refuse('notInBulk')
  if (!isDecisionInBulk(command.action)) return undefined
  const marks = singledOutBy({ riskMarks, relativeFiled: circumstances.relativeFiled })
  return marks.length === 0 ? undefined : refuse('singledOut', { marks })
}

type Rules = (command: Command, state: CaseState, circumstances: Circumstances) => Verdict

const rulesOf: Record<Action, Rules> = {
  SUBMIT: judgeIntake,
  RESUBMIT: judgeIntake,
  ACCEPT: judgeIntake,
  RETURN: judgeIntake,
  WITHDRAW: judgeIntake,
  BEGIN_SURVEY: judgeFieldwork,
  COMPLETE_SURVEY: judgeFieldwork,
  SIGN_SURVEY: judgeFieldwork,
  ASK_REGISTERS: judgeFieldwork,
  POST_NOTICE: judgeFieldwork,
  HAND_UP: judgeFieldwork,
  GIVE_OPINION: judgeDecision,
  REVIEW_FILE: judgeDecision,
  CONFIRM: judgeDecision,
  REFUSE: judgeDecision,
  SERVE_REFUSAL: judgeDecision,
  EXTEND: judgeDecision,
  EXPLAIN_ACCOUNT: judgeAccountUse,
  SETTLE_STATUS: judgeStatus,
  END_BENEFIT: judgeStatus,
  CORRECT_ACCOUNT: judgePayment,
  AGREE_ACCOUNT: judgePayment,
  PREPARE_PAYMENT: judgePayment,
  RELEASE_PAYMENT: judgePayment,
  AWAIT: judgeWaiting,
  END_WAITING: judgeWaiting,
  MARK_RISK: judgeSupervision,
  ASSIGN: judgeSupervision,
  URGE: judgeSupervision,
  ISSUE_ORDER: judgeSupervision,
  ANSWER_ORDER: judgeSupervision,
  CLOSE_ORDER: judgeSupervision,
}
