import type { Prisma } from '../../generated/client.ts'
import { mayBeRace, type Poison, poisonOf } from '../../poison.ts'

export { mayBeRace, type Poison, poisonOf }

type Tried<T> = { done: T } | { poison: Poison }

/**
 * Does a part of a transaction so that, if it can never succeed, only this part is undone and the rest may go on. What is
 * mere trouble is thrown, as it would be without.
 */
export async function inSavepoint<T>(tx: Prisma.TransactionClient, work: () => Promise<T>): Promise<Tried<T>> {
  const first = await attempt(tx, work)
  // Whoever wrote the same key has committed by now, so that the second time it is seen and judged.
  return 'poison' in first && mayBeRace(first.poison) ? attempt(tx, work) : first
}

async function attempt<T>(tx: Prisma.TransactionClient, work: () => Promise<T>): Promise<Tried<T>> {
  await tx.$executeRaw`SAVEPOINT one_part`
  try {
    const done = await work()
    // What is checked at the end of a transaction is checked here, while the part can still be undone.
    await tx.$executeRaw`SET CONSTRAINTS ALL IMMEDIATE`
    await tx.$executeRaw`SET CONSTRAINTS ALL DEFERRED`
    await tx.$executeRaw`RELEASE SAVEPOINT one_part`
    return { done }
  } catch (error) {
    const poison = poisonOf(error)
    if (poison === null) throw error
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT one_part`
    return { poison }
  }
}
