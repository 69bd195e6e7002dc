import { alarmKindLabels } from '../../domain/labels.ts'
import type { Config } from '../../platform/config.ts'
import type { Archive } from '../../prisma/client.ts'
import type { Changed } from '../../prisma/stores/staff/staff-changes.ts'
import type { StaffActor } from '../../prisma/stores/staff/staff-register.ts'
import { once } from '../http/once.ts'
import type { Ask } from '../http/route.ts'

type Tx = Parameters<Parameters<typeof once>[3]>[0]
type By = NonNullable<StaffActor>

/** Changes who works where, once for a request, and tells the alarms that it raised along with what was done. */
export async function changeStaffOnce<T extends object>(
  archive: Archive,
  ask: Pick<Ask, 'asker' | 'requestId' | 'contentDigest'>,
  action: string,
  change: (tx: Tx, by: By) => Promise<Changed<T>>,
): Promise<T> {
  return once(archive, ask, { action, matterId: null }, async (tx) => {
    const { result, alarms } = await change(tx, actorOf(ask))
    return { ...result, alarms: alarms.map((alarm) => ({ ...alarm, kindLabel: alarmKindLabels[alarm.kind] })) }
  })
}

/** Who asks, as the audit of the staff names them. */
export function actorOf({ asker }: Pick<Ask, 'asker'>): By {
  const { officerId, postId, officeId, role, standsInFor } = asker
  return { officerId, postId, officeId, role, standsInFor }
}

/** In earnest posts and accounts take two administrators; in training one suffices, so that one can show it alone. */
export function staffRules({ environment }: Pick<Config, 'environment'>): { twoAdministrators: boolean } {
  return { twoAdministrators: environment === 'production' }
}
