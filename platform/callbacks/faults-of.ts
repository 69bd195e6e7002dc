import type { z } from 'zod'

/** What was wrong with a message: where, and which rule it broke; nothing of what stood there. */
export function faultsOf(error: z.ZodError): string[] {
  return error.issues.slice(0, 20).map(({ path, code }) => `${path.map(String).join('.').slice(0, 60)}: ${code}`)
}
