import { Context } from '@temporalio/activity'
import { ApplicationFailure } from '@temporalio/common'
import type { Duty } from '../domain/case/work-at-hand.ts'
import { type SetAsideSource, setUpFaults } from '../domain/vocabulary.ts'
import type { Archive } from '../prisma/client.ts'
import { findAlarmSubjects, raiseCaseAlarm } from '../prisma/stores/case-alarms.ts'
import { withDossier } from '../prisma/stores/dossier.ts'
import { poisonOf } from '../prisma/stores/savepoint.ts'
import { setAside } from '../prisma/stores/set-aside.ts'
import type { Standing } from './contract.ts'
import { clearStuckDuties, subjectOfDuty } from './filing/stuck-duties.ts'
import { GatewayNotUnderstood, GatewayRefused, GatewayUnanswered } from './gateways/gateway-errors.ts'

/**
 * After how many attempts of one duty a person is told. An answer that cannot be read is the same a second later; a silent
 * institution may be back within the half hour that this many attempts last.
 */
const attemptsUntilTold = { notUnderstood: 3, unanswered: 40, unforeseen: 10 } as const

const institutionOf = {
  REQUEST_MATCHING: 'MATCHING_CENTRE',
  ASK_MATCHING_CENTRE: 'MATCHING_CENTRE',
  CHECK_ACCOUNT: 'BANK',
  SEND_PAYMENT: 'BANK',
  ASK_BANK: 'BANK',
} as const satisfies Record<Duty, SetAsideSource>

/** Missing set-up: the engine gives the duty up at once, by name. */
const needsSetUp: readonly string[] = setUpFaults

/** Why a duty gets nowhere, for the alarm and the engine. Codes only. */
type Stuck = { code: string; unread?: unknown }

/**
 * A duty towards an institution whose repetition has an end: what no repetition mends, and what was repeated in vain for
 * long, raises the case's alarm and is given up. The procedure takes the duty up again an hour later, or when the case is
 * next looked at; once it succeeds, the alarm is over.
 */
export function boundedDuty(
  archive: Archive,
  duty: Duty,
  work: (at: { caseId: string }) => Promise<Standing>,
): (at: { caseId: string }) => Promise<Standing> {
  return async ({ caseId }) => {
    try {
      const standing = await work({ caseId })
      await clearIfStanding(archive, caseId, duty)
      return standing
    } catch (error) {
      const stuck = stuckBy(error, Context.current().info.attempt)
      if (stuck === null) {
        await tellIfUnforeseen(archive, { caseId, duty, error })
        throw error
      }
      await tell(archive, caseId, duty, stuck)
      throw ApplicationFailure.nonRetryable(`${duty}: ${stuck.code}`, stuck.code)
    }
  }
}

/** What nobody foresaw is tried on all the same: it may be over the next time. */
async function tellIfUnforeseen(
  archive: Archive,
  { caseId, duty, error }: { caseId: string; duty: Duty; error: unknown },
): Promise<void> {
  const code = unforeseenBy(error, Context.current().info.attempt)
  // An archive that is away cannot be told anything either.
  if (code !== null) await tell(archive, caseId, duty, { code }).catch(() => undefined)
}

/** What is told of an error that nobody foresaw; null while it may pass by itself, and for what is told elsewhere. */
export function unforeseenBy(error: unknown, attempt: number): string | null {
  if (error instanceof GatewayUnanswered || error instanceof GatewayNotUnderstood) return null
  if (attempt < attemptsUntilTold.unforeseen) return null
  return `FAILED_${error instanceof Error ? error.name : typeof error}`
}

/** Null while trying again makes sense. */
export function stuckBy(error: unknown, attempt: number): Stuck | null {
  if (error instanceof GatewayRefused) return { code: `REFUSED_${error.code}` }
  if (error instanceof GatewayNotUnderstood)
    return attempt < attemptsUntilTold.notUnderstood ? null : { code: 'NOT_UNDERSTOOD', unread: error.body() }
  if (error instanceof GatewayUnanswered) return attempt < attemptsUntilTold.unanswered ? null : { code: 'UNANSWERED' }
  if (error instanceof Error && needsSetUp.includes(error.name)) return { code: error.name }
  const poison = poisonOf(error)
  return poison === null ? null : { code: `${poison.kind}_${poison.code}` }
}

async function tell(archive: Archive, caseId: string, duty: Duty, { code, unread }: Stuck): Promise<void> {
  await withDossier(archive, caseId, async (dossier) => {
    await raiseCaseAlarm(dossier, 'DUTY_STUCK', subjectOfDuty(caseId, duty), { duty, code })
    if (unread === undefined) return
    const about = dossier.state.instruction?.instructionId ?? dossier.state.matching?.matchingRequestId ?? null
    const source = institutionOf[duty]
    await setAside(dossier, [{ source, reason: 'NOT_UNDERSTOOD', about, faults: [duty], body: unread, sameAs: duty }])
  })
}

async function clearIfStanding(archive: Archive, caseId: string, duty: Duty): Promise<void> {
  if ((await findAlarmSubjects(archive.db, 'DUTY_STUCK', caseId)).length === 0) return
  await withDossier(archive, caseId, async (dossier) => clearStuckDuties(dossier, duty))
}
