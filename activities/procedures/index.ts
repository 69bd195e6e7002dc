import type { MatterKind } from '../../domain/vocabulary.ts'
import type { LockedMatter } from '../../prisma/stores/matter/locked-matter.ts'
import { filingOfCase } from './assistance-case/filing.ts'
import type { FilingOfProcedure } from './filing-of-procedure.ts'

const filings: Record<MatterKind, FilingOfProcedure> = { ASSISTANCE_CASE: filingOfCase }

/** What filing needs of the database for the procedure that a matter follows. */
export function filingOf({ procedure }: LockedMatter): FilingOfProcedure {
  return filings[procedure.kind]
}
