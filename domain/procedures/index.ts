import type { Procedure } from '../matter/procedure.ts'
import type { MatterKind } from '../vocabulary.ts'
import { assistanceCase } from './assistance-case/index.ts'

/** Every course of law that the system knows, by the kind of matter that follows it. */
export const procedures = { ASSISTANCE_CASE: assistanceCase } as const satisfies Record<MatterKind, Procedure>

/** The procedure of a kind as a row bears it. @throws when a later release wrote the row. */
export function procedureOf(kind: string): Procedure {
  const known: Readonly<Record<string, Procedure>> = procedures
  const procedure = known[kind]
  if (procedure === undefined) throw new Error(`No procedure for matters of kind ${kind}`)
  return procedure
}

export const allProcedures: readonly Procedure[] = Object.values(procedures)
