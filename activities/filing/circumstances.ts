import type { Command } from '../../domain/matter/acts.ts'
import type { ActingOfficer, Circumstances } from '../../domain/matter/circumstances.ts'
import type { PlainDate } from '../../domain/time/plain-date.ts'
import type { Role } from '../../domain/vocabulary.ts'
import { stableId } from '../../platform/stable-id.ts'
import { findHolders, mayBeAssigned } from '../../prisma/stores/matter/assignable.ts'
import { parametersOfCase } from '../../prisma/stores/matter/parameters-of-matter.ts'
import type { LockedMatter } from '../../prisma/stores/matter/locked-matter.ts'
import { citePapers } from '../../prisma/stores/matter/papers.ts'
import { isRelativeFiled } from '../../prisma/stores/household/relatives.ts'
import { filingOf } from '../procedures/index.ts'

/** Everything the judge needs besides the state; only what this act calls for is loaded. */
export async function loadCircumstances(
  matter: LockedMatter,
  officer: ActingOfficer,
  command: Command,
  paperIds: readonly string[],
): Promise<Circumstances> {
  const { tx, row, events, today } = matter
  const { action, details, versionSeen, requestId, inBulk } = command
  const on = dayOfAct(matter, command)
  return {
    today,
    officer,
    parameters: parametersOfCase(matter, on),
    papers: await citePapers(tx, row.id, paperIds),
    eventsSinceSeen: events.filter((event) => event.seq > versionSeen).map((event) => event.type),
    holders: action === 'ASSIGN' || action === 'ISSUE_ORDER' ? await findHolders(tx, row.id) : [],
    assigneeMayAct: action === 'ASSIGN' && (await mayBeAssigned(matter, details as { role: Role; officerId: string })),
    orderId: stableId(officer.officerId, requestId, 'ORDER'),
    relativeFiled: (inBulk === true || action === 'CONFIRM') && (await isRelativeFiled(tx, row.id, today)),
    ...(await filingOf(matter).lookUp(matter, { officer, command, paperIds, on })),
  }
}

/**
 * The day whose rules an act follows: that on which it happened, not that on which it is typed in. One on which it cannot
 * have happened is refused whatever the rules say, so that they need not reach that far.
 */
function dayOfAct({ state, today }: LockedMatter, { occurredOn }: Command): PlainDate {
  return occurredOn > today || (state.lastActOn !== null && occurredOn < state.lastActOn) ? today : occurredOn
}
