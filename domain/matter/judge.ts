import type { Capacity, RiskMark } from '../vocabulary.ts'
import type { Command } from './acts.ts'
import type { ActingOfficer, Circumstances } from './circumstances.ts'
import { commonRules } from './common-rules.ts'
import { commonImmaterial, type Fact } from './facts.ts'
import type { Permission } from './permission.ts'
import type { Procedure } from './procedure.ts'
import { recusalOf } from './recusal.ts'
import { type Refusal, refuse } from './refusals.ts'
import { isOpen, type MatterState } from './state.ts'

export type Judgement = { fact: Fact; capacity: Capacity | null } | { refusal: Refusal }

/**
 * Decides whether an act is permitted now and what it makes of the case. Pure: state and circumstances in, a fact or a
 * named refusal out. No machine refuses a household here; it refuses an officer an act.
 */
export function judge(
  procedure: Procedure,
  command: Command,
  state: MatterState,
  circumstances: Circumstances,
): Judgement {
  const permission = permissionFor(procedure, command.action, state)
  if (permission === undefined || permission.when?.(state, circumstances.parameters) === false) {
    return { refusal: refuse(isOpen(state) ? 'notPermittedAtThisStage' : 'caseClosed', { stage: state.stage }) }
  }
  const refusal =
    barredByAuthority(permission, circumstances) ??
    barredByPerson(permission, circumstances.officer) ??
    barredByTime(procedure, command, state, circumstances) ??
    barredInBulk(procedure, command, state, circumstances)
  if (refusal) return { refusal }

  const verdict = ruleOf(procedure, command.action)(command, state, circumstances)
  return 'code' in verdict ? { refusal: verdict } : { fact: verdict, capacity: permission.capacity }
}

/** The permission under which an act is done, if the matter as it stands knows the act at all. */
export function permissionFor(
  { opening, course }: Pick<Procedure, 'opening' | 'course'>,
  action: string,
  { version, stage }: MatterState,
): Permission<string, MatterState> | undefined {
  if (version === 0) return action === opening.action ? opening : undefined
  return course[stage]?.acts.find((permission) => permission.action === action)
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
  return barredByCapacity(permission.capacity, officer.capacityHeld)
}

/** One person, one capacity: whoever took a part takes no other. */
export function barredByCapacity(asked: Capacity | null, held: Capacity | null): Refusal | undefined {
  if (asked === null || held === null || held === asked) return undefined
  const samePerson = held === 'PREPARE' && asked === 'RELEASE'
  return samePerson ? refuse('sameFinanceOfficer') : refuse('otherCapacityInThisCase', { held, asked })
}

function barredByTime(
  { immaterial }: Procedure,
  command: Command,
  state: MatterState,
  circumstances: Circumstances,
): Refusal | undefined {
  const isImmaterial = (type: string) => immaterial.includes(type) || commonImmaterial.some((known) => known === type)
  const notAsShown = command.inBulk === true && command.versionSeen !== state.version
  if (
    notAsShown ||
    command.versionSeen > state.version ||
    circumstances.eventsSinceSeen.some((type) => !isImmaterial(type))
  ) {
    return refuse('caseChangedSinceSeen', { versionSeen: command.versionSeen, version: state.version })
  }
  if (command.occurredOn > circumstances.today) return refuse('occurredInTheFuture', { today: circumstances.today })
  if (state.lastActOn !== null && command.occurredOn < state.lastActOn) {
    return refuse('occurredBeforeLastStep', { lastActOn: state.lastActOn })
  }
  return undefined
}

/** What is decided on many matters at once is decided only on such as have nothing about them that must be looked at. */
function barredInBulk(
  { inBulk }: Procedure,
  command: Command,
  { riskMarks }: MatterState,
  circumstances: Circumstances,
): Refusal | undefined {
  if (command.inBulk !== true) return undefined
  const kind = inBulk[command.action]
  if (kind === undefined) return refuse('notInBulk')
  if (kind === 'WATCHING') return undefined
  const marks = singledOutBy({ riskMarks, relativeFiled: circumstances.relativeFiled })
  return marks.length === 0 ? undefined : refuse('singledOut', { marks })
}

/** Why a matter is decided singly whatever it is like (57 Art. 11, 20; 43 Art. 16): it must be looked at. */
export function singledOutBy({
  riskMarks,
  relativeFiled,
}: {
  riskMarks: readonly RiskMark[]
  relativeFiled: boolean
}): RiskMark[] {
  const marks = new Set(riskMarks)
  if (relativeFiled) marks.add('RELATIVE_FILED')
  return [...marks].sort()
}

function ruleOf({ rules }: Procedure, action: string): Procedure['rules'][string] {
  const rule = rules[action] ?? (commonRules as Procedure['rules'])[action]
  if (rule === undefined) throw new Error(`No rule for the act ${action}`)
  return rule
}
