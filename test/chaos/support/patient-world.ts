import { setTimeout as pause } from 'node:timers/promises'
import type { CaseView } from '../../../api/assistance-cases/case-contract.ts'
import type { CaseInHand } from '../../support/people/officer.ts'
import { World } from '../../support/world.ts'

const patienceMs = 120_000

/** The people of the test world, who give a system that is shot at more time than one that is not. */
export class PatientWorld extends World {
  override async untilCase(aCase: CaseInHand, holds: (view: CaseView) => boolean, what: string): Promise<CaseView> {
    const giveUpAt = Date.now() + patienceMs
    for (;;) {
      if (Date.now() > giveUpAt - 30_000) return super.untilCase(aCase, holds, what)
      const view = await this.county.handler.opens(aCase)
      if (holds(view)) return view
      await pause(100)
    }
  }
}
