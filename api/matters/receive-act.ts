import type { PlainDate } from '../../domain/time/plain-date.ts'
import type { Action } from '../../domain/procedures/words.ts'
import type { Archive } from '../../prisma/client.ts'
import { readCase } from '../../prisma/stores/matter/case-reading.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { keepPaper } from '../../prisma/stores/matter/papers.ts'
import { keepPayeeAccount } from '../../prisma/stores/money/payee-accounts.ts'
import { findRequest, receiveRequest } from '../../prisma/stores/matter/requests.ts'
import { inOneTransaction } from '../../prisma/stores/system/transaction.ts'
import type { ActIntake } from '../assistance-cases/act-contract.ts'
import { refuseOtherContent } from '../http/once.ts'
import { caseNotThere } from '../http/problem.ts'
import type { Ask } from '../http/route.ts'
import { auditRecusal } from './audit-recusal.ts'
import { writeAct } from '../assistance-cases/write-act.ts'
import { paperIdOf, type WrittenAct } from './written-act.ts'

type ActAsk = Pick<Ask, 'asker' | 'requestId' | 'contentDigest'> & {
  params: { matterId: string }
  body: ActIntake
  /** The bulk act that this is one row of: then nothing may have changed since it was shown. */
  bulkId?: string
}

/**
 * Writes an act down before anything is done about it: its papers, and the request that cites them. A request that is
 * written down already is left as it is.
 * @throws `requestIdReused`, the one answer for a case that is not there or not the asker's, and Recused.
 */
export async function receiveAct(archive: Archive, ask: ActAsk): Promise<{ matterId: string; action: Action }> {
  const { asker, requestId, contentDigest, body, params } = ask
  const known = await findRequest(archive.db, { officerId: asker.officerId, requestId })
  if (known !== null) {
    refuseOtherContent(known.contentDigest, contentDigest)
    return { matterId: params.matterId, action: body.action }
  }
  const { matterId } = params
  const noted = await auditRecusal(archive, { asker, matterId, action: body.action }, async () =>
    readCase(archive, { matterId, asker }, async (reading) => {
      const occurredOn = ('occurredOn' in body ? body.occurredOn : undefined) ?? reading.today
      const act = await writeAct(body, { reading, asker, requestId, occurredOn })
      return { act, occurredOn, countyId: reading.row.countyId }
    }),
  )
  if (noted === null) throw caseNotThere()
  await keepAct(archive, ask, noted)
  return { matterId, action: body.action }
}

type Noted = { act: WrittenAct; occurredOn: PlainDate; countyId: string }

async function keepAct(archive: Archive, ask: ActAsk, { act, occurredOn, countyId }: Noted): Promise<void> {
  const { asker, requestId, contentDigest, body, params, bulkId } = ask
  const { officerId, postId } = asker
  const { matterId } = params
  const { action, versionSeen } = body
  const written = act.drafts.map(({ kind, body }) => ({
    paperId: paperIdOf(ask, kind),
    kind,
    body: JSON.stringify(body),
  }))
  const paperIds = [...written.map(({ paperId }) => paperId), ...act.citedPaperIds]
  await inOneTransaction(archive, async (db) => {
    const now = await readClock(db)
    const bulk = bulkId === undefined ? {} : { inBulk: true as const }
    const content = { action, details: act.details, versionSeen, occurredOn, paperIds, ...bulk }
    const request = await receiveRequest(db, {
      officerId,
      requestId,
      postId,
      action,
      matterId,
      contentDigest,
      content,
      receivedAt: now,
      ...(bulkId === undefined ? {} : { bulkId }),
    })
    refuseOtherContent(request.contentDigest, contentDigest)
    const sealed = { db, cipher: archive.cipher }
    if (act.account) await keepPayeeAccount(sealed, { ...act.account, matterId, countyId, now })
    for (const paper of written) {
      await keepPaper(sealed, {
        ...paper,
        matterId,
        countyId,
        contentType: 'application/json',
        writtenBy: officerId,
        writtenAt: now,
      })
    }
  })
}
