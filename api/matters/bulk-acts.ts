import type { Logger } from 'pino'
import { refuse } from '../../domain/matter/refusals.ts'
import { isDecisionInBulk } from '../../domain/procedures/acts-in-bulk.ts'
import { stableId } from '../../platform/stable-id.ts'
import type { Archive } from '../../prisma/client.ts'
import { readCase } from '../../prisma/stores/matter/case-reading.ts'
import { findDeadline } from '../../prisma/stores/matter/case-status.ts'
import { findBulkRequest, findRequest } from '../../prisma/stores/matter/requests.ts'
import type { MatterClient } from './matter-client.ts'
import { ActIntake } from '../assistance-cases/act-contract.ts'
import type { BulkActs, BulkResult } from './bulk-contract.ts'
import { refuseOtherContent } from '../http/once.ts'
import { caseNotThere, ProblemError, problemOf } from '../http/problem.ts'
import type { Ask } from '../http/route.ts'
import { caseBeside, isDecidedSingly } from '../assistance-cases/likeness-view.ts'
import { handOver, refuseBeforeFiling } from './deliver.ts'
import { receiveAct } from './receive-act.ts'

type BulkAsk = Pick<Ask, 'asker' | 'requestId' | 'contentDigest'> & { body: BulkActs }
type Row = BulkActs['rows'][number]
type RowResult = BulkResult['rows'][number]
type Deps = { archive: Archive; desk: MatterClient; log: Logger }

/** Rows under way at a time: enough to be quick, few enough to leave the engine to others. */
const together = 4

/**
 * Does one act on every ticked row and on no other, each as a request of its own that is written down, judged, filed and
 * audited like any; sent again, each row gets its first answer. A row that changed since it was shown is refused, and keeps
 * no other from being done.
 * @throws `requestIdReused` for the same id with other rows or another act.
 */
export async function actInBulk(deps: Deps, ask: BulkAsk): Promise<BulkResult> {
  await refuseOtherBulk(deps.archive, ask)
  const results: RowResult[] = []
  const left = [...ask.body.rows]
  while (left.length > 0) {
    const batch: readonly Row[] = left.splice(0, together)
    results.push(...(await Promise.all(batch.map(async (row) => resultOf(deps, row, actOnRow(deps, ask, row))))))
  }
  const count = (outcome: RowResult['outcome']) => results.filter((row) => row.outcome === outcome).length
  return {
    bulkId: bulkIdOf(ask),
    filed: count('FILED'),
    refused: count('REFUSED'),
    unknown: count('UNKNOWN'),
    rows: results,
  }
}

/** Any row of it that was written down before says what the bulk was. */
async function refuseOtherBulk(archive: Archive, ask: BulkAsk): Promise<void> {
  const known = await findBulkRequest(archive.db, bulkIdOf(ask))
  if (known !== null) refuseOtherContent(known.contentDigest, stableId(ask.contentDigest, known.matterId ?? ''))
}

async function actOnRow({ archive, desk }: Deps, ask: BulkAsk, row: Row): Promise<{ version: number }> {
  const { asker, body } = ask
  const { matterId } = row
  const { officerId } = asker
  const key = { officerId, requestId: stableId(officerId, ask.requestId, matterId) }
  const contentDigest = stableId(ask.contentDigest, matterId)
  const { action } = await receiveAct(archive, {
    asker,
    requestId: key.requestId,
    contentDigest,
    params: { matterId },
    body: intakeOf(body, row),
    bulkId: bulkIdOf(ask),
  })
  // What has its answer is answered as before, however the case looks by now.
  if ((await findRequest(archive.db, key))?.answer === null) await refuseIfNotAsShown(archive, ask, row, key)
  return handOver({ archive, desk }, { matterId, action, ...key })
}

/** What the version cannot say: filing refuses a row of which anything in its log has changed. */
async function refuseIfNotAsShown(
  archive: Archive,
  { asker, body }: BulkAsk,
  row: Row,
  key: { officerId: string; requestId: string },
): Promise<void> {
  const { matterId } = row
  const refusal = await readCase(archive, { matterId, asker }, async (reading) => {
    if ('dueAt' in row) {
      const shown = await findDeadline(reading.db, { matterId, limit: row.limit, run: row.run })
      return shown?.dueAt === row.dueAt ? 'none' : refuse('caseChangedSinceSeen', { limit: row.limit, run: row.run })
    }
    if (!('likeness' in body) || !isDecisionInBulk(body.action)) return 'none'
    const beside = await caseBeside(reading, asker, body.action)
    if (isDecidedSingly(beside)) return refuse('singledOut')
    return beside.token === body.likeness ? 'none' : refuse('notAlike')
  })
  if (refusal === null) throw caseNotThere()
  if (refusal !== 'none') await refuseBeforeFiling(archive, key, matterId, refusal)
}

/** A row as the act that a single case would be asked for. */
function intakeOf(body: BulkActs, row: Row): ActIntake {
  const { action } = body
  const { versionSeen } = row
  switch (action) {
    case 'URGE': {
      const { limit, run } = row as Extract<BulkActs, { action: 'URGE' }>['rows'][number]
      const text = body.text === undefined ? {} : { text: body.text }
      return ActIntake.parse({ action, versionSeen, limit, run, ...text })
    }
    case 'ASSIGN':
      return ActIntake.parse({ action, versionSeen, role: body.role, officerId: body.officerId })
    default:
      return ActIntake.parse({ action, versionSeen })
  }
}

async function resultOf({ log }: Deps, { matterId }: Row, doing: Promise<{ version: number }>): Promise<RowResult> {
  try {
    const { version } = await doing
    return { matterId, outcome: 'FILED', version, code: null, detail: null }
  } catch (error) {
    const { problem } = error instanceof ProblemError ? error : problemOf(error)
    const unknown = problem.status >= 500
    if (unknown) log.error({ err: error, matterId }, 'a row of a bulk act has no answer yet')
    return {
      matterId,
      outcome: unknown ? 'UNKNOWN' : 'REFUSED',
      version: null,
      code: problem.code,
      detail: problem.detail,
    }
  }
}

function bulkIdOf({ asker, requestId }: Pick<BulkAsk, 'asker' | 'requestId'>): string {
  return stableId(asker.officerId, requestId, 'BULK')
}
