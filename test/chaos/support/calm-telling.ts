import type { TestProject } from 'vitest/node'
import { startPostgres } from '../../../platform/embedded/postgres.ts'
import { findFreePort } from '../../../platform/embedded/processes.ts'
import { addDays, dayOf, instant } from '../../../domain/time/plain-date.ts'
import { type BankBookLine, readBankBook } from '../checker.ts'
import { PatientWorld } from './patient-world.ts'
import { startOwnStack } from './own-stack.ts'
import { type StoryResult, tellFrom } from './story-result.ts'
import { untilQuiet } from './until-quiet.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The day on which every telling of the story begins. */
    startDay: string
    /** What the story comes to when nobody disturbs it. */
    calmResult: StoryResult
    /** The archive of that telling, alone on its server; owner's address. Clone it, nothing is to be written in it. */
    calmArchiveUrl: string
    calmBankBook: BankBookLine[]
  }
}

/** Tells the story once in peace; what it came to is what every disturbed telling is held against. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Two days ahead, so that a midnight during the run changes nothing.
  const startDay = addDays(dayOf(instant(Date.now())), 2)
  const own = await startOwnStack('calm')
  try {
    project.provide('startDay', startDay)
    project.provide('calmResult', await tellFrom(startDay, own))
    await untilQuiet(own)
    // The checker is shown seals that lie about these registers, too.
    await new PatientWorld(own.stack.urls, 'seal').auditor.takesASeal()
    project.provide('calmBankBook', await readBankBook(own.stack.urls.bank))
    await own.stop()
    const { dataDir, guardian } = own
    const onSpawn = (pid: number) => guardian.watch(pid, 'SIGINT')
    const archive = await startPostgres({ dataDir, port: await findFreePort(), onSpawn })
    project.provide('calmArchiveUrl', archive.url)
  } catch (error) {
    await own.close()
    throw error
  }
  return () => own.close()
}
