import type { Prisma } from '../../generated/client.ts'

/** Takes the lock of a case, which is also the lock of its audit register, until the transaction ends. */
export async function lockCase(tx: Prisma.TransactionClient, matterId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM matter WHERE id = ${matterId} FOR UPDATE`
}
