import type { Instant, PlainDate } from '../time/plain-date.ts'
import { canonicalJson } from './canonical-form.ts'

/** Where a register ended: the number of its last record, and that record's hash. */
export type Head = Readonly<{ register: string; seq: number; hash: string }>

/**
 * What a seal says. `headsDigest` is taken over the heads of all registers in the order of their bytes, `movedDigest`
 * over those alone that had moved since the seal before, whose digest is `previous`: the last seal proves all of them.
 */
export type SealStatement = Readonly<{
  form: 1
  number: number
  day: PlainDate
  takenAt: Instant
  /** The officer who had it taken; null for the seal of the day. */
  takenBy: string | null
  registers: number
  headsDigest: string
  moved: number
  movedDigest: string
  previous: string
}>

/** The text that is signed. */
export function sealText(statement: SealStatement): string {
  return canonicalJson(statement)
}

/** One head as a digest over heads takes it in. */
export function headLine({ register, seq, hash }: Head): string {
  return `${canonicalJson([register, seq, hash])}\n`
}

/** A seal as it stands in the archive and, word for word, in the file that is kept elsewhere. */
export type Seal = Readonly<{ number: number; statement: string; digest: string; keyId: string; signature: string }>
