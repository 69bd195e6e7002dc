import { z } from 'zod'
import { DelayMs } from './fault-plan.ts'

/** What every institution reads from its environment. */
export const commonEnvironment = {
  PORT: z.coerce.number().int().min(0).max(65_535),
  HOST: z.string().default('127.0.0.1'),
  BOOK_FILE: z.string().min(1),
  CALLBACK_URL: z.url(),
  CALLBACK_SECRET: z.string().min(16),
  API_TOKEN: z.string().min(16),
  DELAY_MS: z.coerce.number().pipe(DelayMs).default(0),
  CALLBACK_RETRY_MS: z.coerce.number().pipe(DelayMs.min(1)).default(500),
}

/** Reads the environment, or ends with a sentence that names what is missing. */
export function readEnvironment<Shape extends z.ZodRawShape>(shape: Shape): z.infer<z.ZodObject<Shape>> {
  // An empty line in a .env file means "not set".
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''))
  const read = z.object(shape).safeParse(given)
  if (read.success) return read.data
  throw new Error(`The environment is not complete.\n${z.prettifyError(read.error)}`)
}
