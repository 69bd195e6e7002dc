import { z } from 'zod'
import { Refusal } from './refusal.ts'

/** Reads a message by its contract, or refuses it and says which field is wrong. */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const read = schema.safeParse(body)
  if (read.success) return read.data
  throw new Refusal({ status: 422, code: 'NOT_VALID', message: z.prettifyError(read.error) })
}
