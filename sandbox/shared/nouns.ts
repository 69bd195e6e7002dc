import { z } from 'zod'

// What the institutions take at their counters, customers' and director's alike: nothing that a database or a
// calendar could not hold. They are other organisations' programs, so these are their own.

// oxlint-disable-next-line no-control-regex -- these characters are what it keeps out
const printable = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$/

/** Text of 1 to `most` characters, without control characters and without half a surrogate pair. */
export function text(most: number) {
  const message = 'holds control characters or half a surrogate pair'
  return z
    .string()
    .min(1)
    .max(most)
    .regex(printable, { error: message, abort: true })
    .refine((value) => value.isWellFormed(), message)
}

/** A number by which customer and institution speak of one thing. */
export const reference = z.string().regex(/^[A-Za-z0-9_-]{1,100}$/)

/** A customer's mark for a person. */
export const personMark = z.string().regex(/^[A-Za-z0-9._-]{1,100}$/)

export const identityNumber = z.string().regex(/^(\d{17}[\dX]|[A-Z]{3}\d{12}|[A-Z]\d{9})$/)

export const accountNumber = z.string().regex(/^[A-Za-z0-9]{1,64}$/)

/** A day that exists, 1900 to 2200. */
export const day = z.iso.date().refine((value) => value >= '1900-01-01' && value <= '2200-12-31', 'is not in 1900-2200')

/** Whole fen, up to ten billion yuan. */
export const wholeFen = z.int().nonnegative().max(1_000_000_000_000)

const longestOffsetMs = 200 * 366 * 86_400_000

/** How far the date on the papers is moved, up to two hundred years either way. */
export const clockOffset = z.strictObject({ offsetMs: z.int().min(-longestOffsetMs).max(longestOffsetMs) })
