import type { CaseEvent } from '../../../domain/procedures/assistance-case/facts.ts'
import type { CaseState, InstructionStanding } from '../../../domain/procedures/assistance-case/state.ts'
import { differences, type KeptPayment } from '../../../domain/payment/as-decided.ts'
import { firstDayOf } from '../../../domain/time/plain-date.ts'
import type { HoldReason } from '../../../domain/vocabulary.ts'
import { type FieldCipher, SealedFieldError } from '../../../platform/field-cipher.ts'
import { KeyNotOnRing } from '../../../platform/key-ring.ts'
import type { Archive, Db } from '../../client.ts'
import type { Matter, PayeeAccount } from '../../generated/client.ts'
import { findSignedAssessment } from '../household/assessments.ts'
import { isPaperAsCited } from '../matter/papers.ts'
import { isAccountDigest, type OpenAccount, openAccount, textOfDigest } from './payee-accounts.ts'
import { fenOfRow, rowOfDay } from '../system/rows.ts'

type Sealed = Pick<Archive, 'cipher'> & { db: Db }

/** A case with an instruction in it. */
type CaseToPay = { row: Pick<Matter, 'id' | 'number'>; state: CaseState; events: readonly CaseEvent[] }

/** What the bank is told of one instruction, with the account in clear; made for sending and never kept. */
export type PaymentOrder = {
  instructionId: string
  account: string
  holderName: string
  amountFen: number
  currency: 'CNY'
  purpose: string
  reference: string
}

/** The last instruction of a case as the archive holds it, and where that is not what was signed. */
export type PaymentInHand = {
  differs: HoldReason[]
  /** What is sent, and what stands for it; null where something of it is missing or cannot be opened. */
  order: PaymentOrder | null
  digest: string | null
  /** True when a digest that somebody saw stands for the same. */
  isDigest: (seen: string) => boolean
  account: (OpenAccount & { bankName: string }) | null
}

/**
 * Reads a payment from the rows that are about to pay it, and holds them against the events that decided it: the bank gets
 * what the same reading compared. @throws when no instruction was prepared.
 */
export async function readPayment(archive: Sealed, aCase: CaseToPay): Promise<PaymentInHand> {
  const { state, row } = aCase
  const instruction = getInstruction(state)
  const rows = await readRows(archive.db, instruction, state)
  const account = rows.account === null ? null : openIfWhole(archive.cipher, rows.account)
  const content = contentOf(rows, account)
  const kept = {
    instruction: rows.instruction && { ...rows.instruction, amountFen: fenOfRow(rows.instruction.amountFen) },
    line: rows.line && { ...rows.line, amountFen: fenOfRow(rows.line.amountFen), personIds: rows.personIds },
    benefit: await readBenefitInForce(archive.db, state),
    assessment: await readAssessment(archive, aCase),
    account: account && { matterId: account.matterId, asGiven: asGiven(archive.cipher, state, account) },
    asReleased: asReleased(archive.cipher, instruction, content),
  }
  return {
    differs: differences(signedIn(row.id, state, instruction), kept),
    order: content === null ? null : orderOf(content, row.number),
    digest: content === null ? null : textOfDigest(archive.cipher.blindIndex(digestPurpose, textOf(content))),
    isDigest: (seen) => content !== null && isDigestOf(archive.cipher, seen, content),
    account,
  }
}

function signedIn(matterId: string, state: CaseState, instruction: InstructionStanding) {
  const { benefitId, firstMonth, decision } = state
  const { instructionId, lineId, month, amountFen, accountId } = instruction
  const decided = { benefitId, firstMonth, decidedFen: decision?.amountFen ?? null }
  return { instructionId, lineId, matterId, month, preparedFen: amountFen, accountId, ...decided }
}

async function readRows(db: Db, { instructionId, lineId }: InstructionStanding, { accountId }: CaseState) {
  const instruction = await db.paymentInstruction.findUnique({ where: { id: instructionId } })
  const line = await db.paymentLine.findUnique({ where: { id: lineId } })
  const persons = await db.paymentLinePerson.findMany({ where: { lineId }, select: { personId: true } })
  const id = instruction?.accountId ?? accountId ?? ''
  const account = await db.payeeAccount.findUnique({ where: { id } })
  return { instruction, line, account, personIds: persons.map(({ personId }) => personId) }
}

/** The benefit's version that is known now and covers its first month, with the shares of its members. */
async function readBenefitInForce(db: Db, { benefitId, firstMonth }: CaseState): Promise<KeptPayment['benefit']> {
  if (benefitId === null || firstMonth === null) return null
  const benefit = await db.benefit.findUnique({ where: { id: benefitId } })
  const on = rowOfDay(firstDayOf(firstMonth))
  const covers = { validFrom: { lte: on }, OR: [{ validTo: null }, { validTo: { gte: on } }] }
  const version = await db.benefitVersion.findFirst({
    where: { benefitId, knownTo: null, ...covers },
    orderBy: { validFrom: 'desc' },
  })
  if (benefit === null || version === null) return null
  const members = await db.benefitMember.findMany({ where: { versionId: version.id, active: true } })
  return {
    matterId: benefit.matterId,
    active: benefit.active,
    firstMonth: benefit.firstMonth,
    monthlyFen: fenOfRow(version.monthlyAmountFen),
    shares: members.map(({ personId, amountFen }) => ({ personId, amountFen: fenOfRow(amountFen) })),
  }
}

async function readAssessment(archive: Sealed, { row, state, events }: CaseToPay): Promise<KeptPayment['assessment']> {
  const assessmentId = state.decision?.assessmentId
  if (assessmentId === undefined) return null
  const cited = events
    .findLast(({ type }) => type === 'CONFIRMED')
    ?.papers.find(({ paperId }) => paperId === assessmentId)
  try {
    const asCited = cited === undefined || (await isPaperAsCited(archive, row.id, cited))
    const signed = await findSignedAssessment(archive, row.id, assessmentId)
    if (signed === null) return asCited && cited !== undefined ? null : notAsCited
    const { monthlyAmountFen, perMember } = signed.assessment
    return { asCited, amountFen: monthlyAmountFen, shares: perMember }
  } catch (error) {
    // Sealed or spelled otherwise than we do: it is not what was signed.
    if (error instanceof SealedFieldError || error instanceof SyntaxError || error instanceof KeyNotOnRing)
      return notAsCited
    throw error
  }
}

const notAsCited = { asCited: false, amountFen: 0, shares: [] }

/** What a release signs, and what is sent. */
type Content = {
  instructionId: string
  lineId: string
  month: string
  amountFen: number
  account: OpenAccount
}

function contentOf(
  { instruction, line }: Awaited<ReturnType<typeof readRows>>,
  account: OpenAccount | null,
): Content | null {
  if (instruction === null || line === null || account === null) return null
  const { id: instructionId, lineId, amountFen } = instruction
  return { instructionId, lineId, month: line.month, amountFen: fenOfRow(amountFen), account }
}

function orderOf({ instructionId, month, amountFen, account }: Content, reference: string): PaymentOrder {
  const { accountNumber, holderName } = account
  const purpose = `最低生活保障 ${month}`
  return { instructionId, account: accountNumber, holderName, amountFen, currency: 'CNY', purpose, reference }
}

function asReleased(cipher: FieldCipher, { releasedDigest }: InstructionStanding, content: Content | null) {
  if (releasedDigest === null) return null
  return content !== null && isDigestOf(cipher, releasedDigest, content)
}

function asGiven(cipher: FieldCipher, { accountDigest }: CaseState, account: OpenAccount): boolean | null {
  return accountDigest === null ? null : isAccountDigest(cipher, accountDigest, account)
}

/** Null when the number does not open: altered, moved from another row, or sealed with a key that we never had. */
function openIfWhole(cipher: FieldCipher, row: PayeeAccount) {
  try {
    return { ...openAccount(cipher, row), bankName: row.bankName, matterId: row.matterId }
  } catch (error) {
    if (error instanceof SealedFieldError || error instanceof KeyNotOnRing) return null
    throw error
  }
}

const digestPurpose = 'payment_instruction.digest'

function isDigestOf(cipher: FieldCipher, digest: string, content: Content): boolean {
  return cipher.blindIndexCandidates(digestPurpose, textOf(content)).some((one) => textOfDigest(one) === digest)
}

function textOf({ instructionId, lineId, month, amountFen, account }: Content): string {
  const { accountId, holderName, accountNumber } = account
  return JSON.stringify([1, instructionId, lineId, month, amountFen, accountId, holderName, accountNumber])
}

function getInstruction({ instruction }: CaseState): InstructionStanding {
  if (instruction === null) throw new Error('No payment is prepared in this case')
  return instruction
}
