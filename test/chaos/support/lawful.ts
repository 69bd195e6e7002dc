import { findViolations, readBankBook, type Violation } from '../checker.ts'
import { type OwnStack, ownerUrl } from './own-stack.ts'
import { createDatabaseClient } from '../../../platform/database-session.ts'

/** Every law that a stack breaks, and where. */
export async function violationsIn({ stack }: OwnStack, fewestClosed: number): Promise<Violation[]> {
  const archive = createDatabaseClient(ownerUrl(stack))
  await archive.connect()
  try {
    return await findViolations({ archive, bankBook: await readBankBook(stack.urls.bank), fewestClosed })
  } finally {
    await archive.end()
  }
}
