import { Prisma } from './generated/client.ts'

/** Why something can never be written, whoever tries again. `code` is the database's or the error's name, without content. */
export type Poison = { kind: 'NOT_STORABLE' | 'FAILED'; code: string }

/**
 * Tells what no repetition mends from mere trouble: values that the database refuses as such (classes 22 and 23), and
 * errors of reading and reckoning in our own code, which come out the same every time. Null for everything else: that is
 * tried again. A key that is taken (23505, 23P01) may be a race, which the next attempt sees; whoever asks tries once more.
 */
export function poisonOf(error: unknown): Poison | null {
  const code = sqlStateOf(error)
  if (code !== null) return /^2[23]/.test(code) ? { kind: 'NOT_STORABLE', code } : null
  if (error instanceof Prisma.PrismaClientValidationError) return { kind: 'NOT_STORABLE', code: error.name }
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === rowMissing)
    return { kind: 'FAILED', code: error.code }
  if (error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError)
    return { kind: 'FAILED', code: error.name }
  return error instanceof Error && sameEveryTime.includes(error.name) ? { kind: 'FAILED', code: error.name } : null
}

/** Prisma's code for a row that has to be there and is not. */
const rowMissing = 'P2025'

/** What a reading by schema says, and what a sealed field says that was altered or whose key is gone. */
const sameEveryTime = ['ZodError', 'SealedFieldError', 'KeyNotOnRing']

/** True where two may have written the same at once. */
export function mayBeRace({ code }: Poison): boolean {
  return code === '23505' || code === '23P01' || code === 'P2002'
}

const ofPrisma: Readonly<Record<string, string>> = {
  P2000: '22001',
  P2002: '23505',
  P2003: '23503',
  P2004: '23000',
  P2011: '23502',
  P2020: '22003',
}

/** PostgreSQL's own code for an error, wherever driver and client have put it. */
export function sqlStateOf(error: unknown): string | null {
  if (error === null || typeof error !== 'object') return null
  const { code, originalCode, cause, meta } = error as Record<string, unknown>
  for (const one of [originalCode, code])
    if (typeof one === 'string' && /^[0-9A-Z]{5}$/.test(one) && !/^P[12]0/.test(one)) return one
  const inner =
    sqlStateOf(meta) ??
    sqlStateOf((meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError) ??
    sqlStateOf(cause)
  return inner ?? (typeof code === 'string' ? (ofPrisma[code] ?? null) : null)
}
