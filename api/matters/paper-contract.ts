import { lineText, requestIdPattern } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { evidenceKinds } from '../../domain/vocabulary.ts'
import { id } from '../http/nouns.ts'

/** What a file may be. Its first bytes must agree. */
export const fileTypes = ['image/jpeg', 'image/png', 'application/pdf'] as const
export type FileType = (typeof fileTypes)[number]

export const mostFileBytes = 10 * 1024 * 1024

/** What is said of a file beside it; Chinese is percent-encoded. */
export const FileHeaders = z.object({
  'File-Name': lineText(300).optional(),
  'Evidence-Kind': z.enum(evidenceKinds).default('OTHER'),
  'Evidence-Title': lineText(100, { tooLong: '材料名称不超过100字。' }).optional(),
})
export type FileHeaders = z.output<typeof FileHeaders>

/** Of a file that is handed in before its application: the request id under which the application will be sent. */
export const ApplicationFileHeaders = FileHeaders.extend({
  'Application-Request-Id': z.string('请填写申请的请求编号。').regex(requestIdPattern, '请填写申请的请求编号。'),
})

export const NewPaperAnswer = z.object({ paperId: id, digest: z.string() }).meta({ id: 'NewPaper' })

/** A paper of words: what it says, by kind. */
export const PaperText = z.looseObject({}).meta({ id: 'PaperText' })
