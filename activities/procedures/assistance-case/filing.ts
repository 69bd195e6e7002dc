import type { CaseCommand } from '../../../domain/procedures/assistance-case/details.ts'
import type { CaseEvent } from '../../../domain/procedures/assistance-case/facts.ts'
import { asCase } from '../../../prisma/stores/matter/locked-matter.ts'
import type { FilingOfProcedure } from '../filing-of-procedure.ts'
import { askAgainAt } from './ask-again-at.ts'
import { effectsOfCase } from './effects.ts'
import { lookUpForCase } from './lookups.ts'
import { readerOfCase } from './reader.ts'

/** An application in the hands of filing: its acts and events are those of its own procedure. */
export const filingOfCase: FilingOfProcedure = {
  lookUp: async (matter, { command, ...rest }) =>
    lookUpForCase(asCase(matter), { ...rest, command: command as CaseCommand }),
  effects: async (matter, event) => effectsOfCase(asCase(matter), event as CaseEvent),
  askAgainAt: async (matter) => askAgainAt(asCase(matter)),
  reader: async (matter) => readerOfCase(asCase(matter)),
}
