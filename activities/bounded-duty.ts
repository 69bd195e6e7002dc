import { Context } from '@temporalio/activity'
import { ApplicationFailure } from '@temporalio/common'
import { type SetAsideSource, setUpFaults } from '../domain/vocabulary.ts'
import type { Archive } from '../prisma/client.ts'
import { findAlarmSubjects, raiseCaseAlarm } from '../prisma/stores/oversight/matter-alarms.ts'
import { type LockedMatter, withLockedMatter } from '../prisma/stores/matter/locked-matter.ts'
import { poisonOf } from '../prisma/stores/system/savepoint.ts'
import { setAside } from '../prisma/stores/matter/set-aside.ts'
import type { MatterStatus } from './contract.ts'
import { clearStuckDuties, subjectOfDuty } from './filing/stuck-duties.ts'
import { GatewayNotUnderstood, GatewayRefused, GatewayUnanswered } from './gateways/gateway-errors.ts'

/**
 * After how many attempts of one duty a person is told. An answer that cannot be read is the same a second later; a silent
 * institution may be back within the half hour that this many attempts last.
 */
const attemptsUntilTold = { notUnderstood: 3, unanswered: 40, unforeseen: 10 } as const

/** A duty, the institution that it is owed towards, and the number under which that one knows what it is about. */
export type DutyTowards = {
  duty: string
  source: SetAsideSource
  aboutOf: (matter: LockedMatter) => string | null
}

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
  duty: DutyTowards,
  work: (at: { caseId: string }) => Promise<MatterStatus>,
): (at: { caseId: string }) => Promise<MatterStatus> {
  return async ({ caseId: matterId }) => {
    try {
      const status = await work({ caseId: matterId })
      await clearIfStanding(archive, matterId, duty.duty)
      return status
    } catch (error) {
      const stuck = stuckBy(error, Context.current().info.attempt)
      if (stuck === null) {
        await tellIfUnforeseen(archive, { matterId, duty, error })
        throw error
      }
      await tell(archive, matterId, duty, stuck)
      throw ApplicationFailure.nonRetryable(`${duty.duty}: ${stuck.code}`, stuck.code)
    }
  }
}

/** What nobody foresaw is tried on all the same: it may be over the next time. */
async function tellIfUnforeseen(
  archive: Archive,
  { matterId, duty, error }: { matterId: string; duty: DutyTowards; error: unknown },
): Promise<void> {
  const code = unforeseenBy(error, Context.current().info.attempt)
  // An archive that is away cannot be told anything either.
  if (code !== null) await tell(archive, matterId, duty, { code }).catch(() => undefined)
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

async function tell(
  archive: Archive,
  matterId: string,
  { duty, source, aboutOf }: DutyTowards,
  { code, unread }: Stuck,
): Promise<void> {
  await withLockedMatter(archive, matterId, async (matter) => {
    await raiseCaseAlarm(matter, 'DUTY_STUCK', subjectOfDuty(matterId, duty), { duty, code })
    if (unread === undefined) return
    const about = aboutOf(matter)
    await setAside(matter, [{ source, reason: 'NOT_UNDERSTOOD', about, faults: [duty], body: unread, sameAs: duty }])
  })
}

async function clearIfStanding(archive: Archive, matterId: string, duty: string): Promise<void> {
  if ((await findAlarmSubjects(archive.db, 'DUTY_STUCK', matterId)).length === 0) return
  await withLockedMatter(archive, matterId, async (matter) => clearStuckDuties(matter, duty))
}
