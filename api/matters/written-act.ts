import type { ActDetails } from '../../domain/procedures/assistance-case/details.ts'
import type { PlainDate } from '../../domain/time/plain-date.ts'
import type { PaperKind } from '../../domain/vocabulary.ts'
import type { Action } from '../../domain/procedures/words.ts'
import { stableId } from '../../platform/stable-id.ts'
import type { CaseReading } from '../../prisma/stores/matter/case-reading.ts'
import type { NewPayeeAccount } from '../../prisma/stores/money/payee-accounts.ts'
import type { ActIntake } from '../assistance-cases/act-contract.ts'
import type { Asker } from '../http/identity.ts'

/** A paper of words that goes with an act. */
export type Draft = { kind: PaperKind; body: object }

/** An account that a household gives with its application. */
export type AccountDraft = Omit<NewPayeeAccount, 'matterId' | 'countyId' | 'now'>

/** An act as it is put on paper: words in papers, and for the request only ids and codes. */
export type WrittenAct<A extends Action = Action> = {
  details: ActDetails[A]
  drafts: Draft[]
  /** Papers that are there already and go with the act. */
  citedPaperIds: string[]
  account?: AccountDraft
}

/** What writing an act can look at. */
export type Desk = {
  reading: CaseReading
  asker: Asker
  requestId: string
  occurredOn: PlainDate
}

export type IntakeOf<A extends ActIntake['action']> = Extract<ActIntake, { action: A }>

export type Writer<A extends ActIntake['action']> = (intake: IntakeOf<A>, desk: Desk) => Promise<WrittenAct<A>>

/** The id of the paper of a kind that a request writes: the same request writes the same paper. */
export function paperIdOf({ asker, requestId }: Pick<Desk, 'asker' | 'requestId'>, kind: PaperKind): string {
  return stableId(asker.officerId, requestId, kind)
}

/** An act that is only codes. */
export function plain<A extends Action>(details: ActDetails[A]): WrittenAct<A> {
  return { details, drafts: [], citedPaperIds: [] }
}
