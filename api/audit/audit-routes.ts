import path from 'node:path'
import { z } from '../../domain/schemas/zod.ts'
import { readSealFile, sealFileName } from '../../platform/seal-file.ts'
import { sealPublicKeys, writeSealPublicKeys } from '../../platform/seal-key.ts'
import { recallAnswer } from '../../prisma/stores/matter/answered-requests.ts'
import { readCase } from '../../prisma/stores/matter/case-reading.ts'
import { readLatestSeals, type TakenSeal } from '../../prisma/stores/system/seals.ts'
import { verifyArchive } from '../../prisma/stores/system/verification.ts'
import { AuditLines, AuditQuery, Seals, SealsQuery, SealTaken, VerificationView } from './audit-contract.ts'
import { id } from '../http/nouns.ts'
import { once, refuseOtherContent } from '../http/once.ts'
import { caseNotThere, fault } from '../http/problem.ts'
import { type Ask, route, type Route, type Services } from '../http/route.ts'
import { auditLinesView } from './audit-lines-view.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import { verificationView } from '../matters/verification-view.ts'

const auditors = ['AUDITOR'] as const
const Mark = z.strictObject({ before: z.int() })

/** What auditors do: search what was done and looked at, have it verified, and have it sealed. */
export function auditRoutes({ archive, proof, config }: Services): Route[] {
  const { keys, sealPublicKeys: publicKeys, sealDir } = config
  const known = sealPublicKeys({ privateKeys: keys.seal, publicKeys })
  let verifying = false

  return [
    route({
      method: 'get',
      path: '/api/audit/records',
      summary: '查询审计',
      policy: auditors,
      audits: { look: 'SEARCH_AUDIT' },
      query: AuditQuery,
      answer: { status: 200, schema: AuditLines, description: '办理和查阅记录，最近的在前' },
      handle: async ({ asker, query }) => ({ body: await auditLinesView(archive, asker, query) }),
    }),
    route({
      method: 'get',
      path: '/api/audit/verification',
      summary: '核验全部档案',
      policy: auditors,
      audits: { look: 'VERIFY_AUDIT' },
      answer: { status: 200, schema: VerificationView, description: '与审计和封存核对的结果；档案较大时需数分钟' },
      handle: async () => ({ body: verificationView(await verifyAll()) }),
    }),
    route({
      method: 'get',
      path: '/api/matters/{matterId}/verification',
      summary: '核验案件',
      policy: auditors,
      audits: { look: 'VERIFY_AUDIT' },
      params: z.strictObject({ matterId: id }),
      answer: { status: 200, schema: VerificationView, description: '该案与审计和封存核对的结果' },
      handle: async ({ asker, params: { matterId } }) => {
        const there = await readCase(archive, { matterId, asker }, async () => true)
        if (there === null) throw caseNotThere()
        return {
          body: verificationView(await verifyArchive(archive.db, { matterId, keys: known, file: await file() })),
        }
      },
    }),
    route({
      method: 'get',
      path: '/api/audit/seals',
      summary: '封存记录',
      policy: auditors,
      audits: { nothing: 'digests' },
      query: SealsQuery,
      answer: { status: 200, schema: Seals, description: '封存及核对所需的公钥，最近的在前' },
      handle: async ({ query }) => {
        const before = readCursor(Mark, query.cursor)?.before
        const seals = await readLatestSeals(archive.db, { before, take: query.pageSize + 1 })
        const items = seals.slice(0, query.pageSize)
        const last = items.at(-1)
        const nextCursor = seals.length > items.length && last ? writeCursor({ before: last.number }) : null
        return { body: { publicKeys: writeSealPublicKeys(known), items, nextCursor } }
      },
    }),
    route({
      method: 'post',
      path: '/api/audit/seals',
      summary: '立即封存',
      policy: auditors,
      audits: { look: 'TAKE_SEAL' },
      answer: { status: 201, schema: SealTaken, description: '已封存，并写入封存文件' },
      handle: async (ask) => ({ body: await sealOnce(ask) }),
    }),
  ]

  /**
   * A seal takes as long as there are registers, so it is not taken in the transaction that stores the answer. Sent twice
   * at the same moment it may be taken twice, which harms nothing; both are answered alike.
   */
  async function sealOnce(ask: Ask) {
    const { officerId } = ask.asker
    const known = await recallAnswer<TakenSeal>(archive, { officerId, requestId: ask.requestId })
    if (known !== null) {
      refuseOtherContent(known.contentDigest, ask.contentDigest)
      return known.answer
    }
    const taken = await proof.seal(officerId)
    return once(archive, ask, { action: 'TAKE_SEAL', matterId: null }, async () => taken)
  }

  /** It goes through everything there is: one at a time is enough. */
  async function verifyAll() {
    if (verifying) throw fault('tryAgain', { retryAfterSeconds: 60 })
    verifying = true
    try {
      return await verifyArchive(archive.db, { keys: known, file: await file() })
    } finally {
      verifying = false
    }
  }

  /** The file of this host; a copy kept elsewhere is compared on the terminal. */
  async function file() {
    const seals = await readSealFile(path.join(sealDir, sealFileName))
    return seals.length === 0 ? null : seals
  }
}
