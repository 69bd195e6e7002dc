import { staffProposalKindLabels } from '../../domain/labels.ts'
import { instantText } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { dayOf } from '../../domain/time/plain-date.ts'
import type { Archive } from '../../prisma/client.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { readProposals } from '../../prisma/stores/staff/staff-proposals.ts'
import type { Proposals, ProposalsQuery } from './staff-proposal-contract.ts'
import type { Asker } from '../http/identity.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'

const Mark = z.strictObject({ proposedAt: instantText, proposalId: z.string() })

/** One page of the proposals of an administrator's area. */
export async function proposalsView({ db }: Archive, { officeId }: Asker, query: ProposalsQuery): Promise<Proposals> {
  const rows = await readProposals(db, {
    officeId,
    today: dayOf(await readClock(db)),
    after: readCursor(Mark, query.cursor),
    take: query.pageSize + 1,
  })
  const page = rows.slice(0, query.pageSize)
  const last = page.at(-1)
  return {
    proposals: page.map((row) => ({ ...row, kindLabel: staffProposalKindLabels[row.kind] })),
    nextCursor:
      rows.length > page.length && last
        ? writeCursor({ proposedAt: last.proposedAt, proposalId: last.proposalId })
        : null,
  }
}
