import { z } from 'zod'
import { inputFault } from './problem.ts'

/** Where a page ended, as text that nobody needs to understand. */
export function writeCursor(mark: object): string {
  return Buffer.from(JSON.stringify(mark)).toString('base64url')
}

/** Reads a cursor as it was given out. @throws an input fault for any other text. */
export function readCursor<S extends z.ZodType>(schema: S, text: string | undefined): z.output<S> | undefined {
  if (text === undefined) return undefined
  const read = schema.safeParse(parse(text))
  if (!read.success) throw inputFault([{ path: ['cursor'], message: '翻页标记无效，请从第一页重新查询。' }])
  return read.data
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
