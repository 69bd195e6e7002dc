import { z } from '../../domain/schemas/zod.ts'
import { readCase } from '../../prisma/stores/matter/case-reading.ts'
import { findPaper, type PaperWithBody } from '../../prisma/stores/matter/paper-files.ts'
import { refuse } from '../../domain/matter/refusals.ts'
import { keepApplicationFile } from '../assistance-cases/keep-application-file.ts'
import { keepFile } from './keep-file.ts'
import { safeFileName } from './file-name.ts'
import {
  ApplicationFileHeaders,
  FileHeaders,
  type FileType,
  fileTypes,
  mostFileBytes,
  NewPaperAnswer,
  PaperText,
} from './paper-contract.ts'
import { id } from '../http/nouns.ts'
import { caseNotThere, fault, refusal } from '../http/problem.ts'
import { caseReadingRoles, handlingRoles, includesRole, intakeRoles, paperReaders } from '../http/roles.ts'
import { type Reply, route, type Route, type Services } from '../http/route.ts'
import { maskPaper } from './mask-paper.ts'

/** Papers of a case: files are handed in here, words are written by acts. */
export function paperRoutes({ archive }: Services): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/matters/{matterId}/papers',
      summary: '上传证明材料',
      policy: handlingRoles,
      audits: { chained: 'case' },
      params: z.strictObject({ matterId: id }),
      headers: FileHeaders,
      accepts: { types: fileTypes, mostBytes: mostFileBytes },
      answer: { status: 201, schema: NewPaperAnswer, description: '已保存' },
      handle: async (ask) => ({ body: await keepFile(archive, ask) }),
    }),
    route({
      method: 'post',
      path: '/api/application-files',
      summary: '上传申请材料（提交申请之前）',
      policy: intakeRoles,
      audits: { look: 'HAND_IN_FILE' },
      headers: ApplicationFileHeaders,
      accepts: { types: fileTypes, mostBytes: mostFileBytes },
      answer: { status: 201, schema: NewPaperAnswer, description: '已保存，提交申请时引用' },
      handle: async (ask) => ({ body: await keepApplicationFile(archive, ask) }),
    }),
    route({
      method: 'get',
      path: '/api/matters/{matterId}/papers/{paperId}',
      summary: '查看材料',
      policy: caseReadingRoles,
      audits: { look: 'OPEN_PAPER' },
      params: z.strictObject({ matterId: id, paperId: id }),
      answer: { status: 200, schema: PaperText, files: fileTypes, description: '材料内容；文件作为附件下载' },
      handle: async ({ asker, params }) => {
        const reply = await readCase(archive, { ...params, asker }, async (reading) => {
          const paper = await findPaper(reading, params.matterId, params.paperId)
          if (paper === null) throw fault('paperUnknown')
          if (!includesRole(paperReaders[paper.kind], asker.role)) throw refusal(refuse('notYourRole'))
          return replyOf(paper)
        })
        if (reply === null) throw caseNotThere()
        return reply
      },
    }),
  ]
}

function replyOf({ kind, contentType, fileName, body }: PaperWithBody): Reply {
  if (contentType === 'application/json') return { body: maskPaper(kind, JSON.parse(body) as object) }
  // Named anew: what was kept before names were is given out by the same rule.
  const safeName = safeFileName(fileName ?? '', contentType as FileType)
  return { bytes: { content: Buffer.from(body, 'base64'), contentType, fileName: safeName } }
}
