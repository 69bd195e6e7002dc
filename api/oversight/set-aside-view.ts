import { matchingSourceLabels, setAsideReasonLabels, setAsideSourceLabels } from '../../domain/labels.ts'
import { instantText } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { dayOf } from '../../domain/time/plain-date.ts'
import type { Archive } from '../../prisma/client.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { readRecusedCases } from '../../prisma/stores/matter/recusals.ts'
import { placesInScope } from '../../prisma/stores/matter/scope.ts'
import { readSetAside, type SetAsideRow } from '../../prisma/stores/matter/set-aside.ts'
import type { SetAsideItems, SetAsideQuery } from './set-aside-contract.ts'
import type { Asker } from '../http/identity.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'

const Mark = z.strictObject({ setAsideAt: instantText, itemId: z.string() })

/** One page of what was set aside in the asker's area; what belongs to no case is the administrators' to see. */
export async function setAsideView({ db }: Archive, asker: Asker, query: SetAsideQuery): Promise<SetAsideItems> {
  const today = dayOf(await readClock(db))
  const rows = await readSetAside(db, {
    placeIds: await placesInScope(db, asker.officeId, today),
    recusedMatterIds: await readRecusedCases(db, asker.officerId, today),
    ofNoCase: asker.role === 'ADMINISTRATOR',
    open: query.status === 'open',
    after: readCursor(Mark, query.cursor),
    take: query.pageSize + 1,
  })
  const page = rows.slice(0, query.pageSize)
  const last = page.at(-1)
  return {
    items: page.map(headOf),
    nextCursor:
      rows.length > page.length && last ? writeCursor({ setAsideAt: last.setAsideAt, itemId: last.itemId }) : null,
  }
}

function headOf({ about: _about, closedBy: _closedBy, ...row }: SetAsideRow): SetAsideItems['items'][number] {
  return {
    ...row,
    sourceLabel: setAsideSourceLabels[row.source],
    reasonLabel: setAsideReasonLabels[row.reason],
    registerLabel: row.register === null ? null : matchingSourceLabels[row.register],
  }
}
