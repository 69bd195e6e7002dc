import type { Procedure } from '../matter/procedure.ts'
import type { MatterKind } from '../vocabulary.ts'
import { assistanceCase } from './assistance-case/procedure.ts'

/** Every course of law that the system knows, by the kind of matter that follows it. */
export const procedures = { ASSISTANCE_CASE: assistanceCase } as const satisfies Record<MatterKind, Procedure>

export function procedureOf(kind: MatterKind): Procedure {
  return procedures[kind]
}

export const allProcedures: readonly Procedure[] = Object.values(procedures)
