import { z } from '../../domain/schemas/zod.ts'
import { id } from './nouns.ts'

/** What a file may be. Its first bytes must agree. */
export const fileTypes = ['image/jpeg', 'image/png', 'application/pdf'] as const
export type FileType = (typeof fileTypes)[number]

export const mostFileBytes = 10 * 1024 * 1024

export const NewPaperAnswer = z.object({ paperId: id, digest: z.string() }).meta({ id: 'NewPaper' })

/** A paper of words: what it says, by kind. */
export const PaperText = z.looseObject({}).meta({ id: 'PaperText' })
