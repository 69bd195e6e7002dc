import type { Finding } from '../../../domain/audit/findings.ts'
import type { Seal } from '../../../domain/audit/seal-statement.ts'
import { addMs, type Instant } from '../../../domain/time/plain-date.ts'
import type { SealPublicKeys } from '../../../platform/seal-key.ts'
import type { Db } from '../../client.ts'
import { readClock } from './clock.ts'
import { unrecordedEvents } from './verification-rows.ts'
import { verifyLooseLooks } from './verify-looks.ts'
import { verifyRecords } from './verify-records.ts'
import type { Report } from './verification-report.ts'
import { type LastSeal, verifySeals } from './verify-seals.ts'

/** What a verification found. `findings` are the first ones; `found` counts all. */
export type Verification = Readonly<{
  checked: {
    records: number
    registers: number
    events: number
    papers: number
    erasedPapers: number
    looks: number
    seals: number
  }
  findings: Finding[]
  found: number
  lastSeal: LastSeal | null
  /** What came after the last seal: it is consistent, but nobody outside vouches for it yet. */
  unproven: { records: number; registers: number; looks: number; since: Instant | null }
}>

const mostFindings = 200
// A seal is taken every day; after two somebody stopped them, or took them away.
const longestUnsealedMs = 2 * 24 * 60 * 60_000
/** Beyond these a finding is only counted, so that a ruined archive does not fill the memory. */
const mostRemembered = 10_000

/**
 * Holds events, papers and looks against the audit, and the audit against its seals: of the whole archive, or of one case.
 * Reads page by page and writes nothing. Shares with the writer nothing but the canonical form; it needs no key but the
 * public ones.
 * @param file the seals of the file kept elsewhere, where it is at hand.
 */
export async function verifyArchive(
  db: Db,
  {
    matterId = null,
    keys,
    file = null,
  }: { matterId?: string | null; keys: SealPublicKeys; file?: readonly Seal[] | null },
): Promise<Verification> {
  const findings: Finding[] = []
  const said = new Set<string>()
  let found = 0
  const report: Report = (kind, { register = null, seq = null, what = null }) => {
    const text = JSON.stringify([kind, register, seq, what])
    if (said.has(text)) return
    if (said.size < mostRemembered) said.add(text)
    found += 1
    if (findings.length < mostFindings) findings.push({ kind, register, seq, what })
  }
  const register = matterId === null ? null : `case:${matterId}`
  // Seals first and records afterwards: what is sealed meanwhile is not missed, and what is filed meanwhile is unproven.
  const { seals, last } = await verifySeals(db, { keys, file, register, report })
  const tally = await verifyRecords(db, { register, sealedAt: last?.takenAt ?? null, report })
  for (const { matterId: of, seq, eventId } of await unrecordedEvents(db, matterId, mostFindings + 1))
    report('EVENT_UNRECORDED', { register: `case:${of}`, seq: null, what: `event ${seq}: ${eventId}` })
  const { waiting, waitingSince } =
    matterId === null ? await verifyLooseLooks(db, report) : { waiting: 0, waitingSince: null }
  const since = earlier(tally.unprovenSince, waitingSince)
  if (since !== null && addMs(since, longestUnsealedMs) < (await readClock(db)))
    report('SEAL_OVERDUE', { register, what: `since ${since}` })

  const { records, registers, events, papers, erasedPapers, looks } = tally
  return {
    checked: { records, registers, events, papers, erasedPapers, looks, seals },
    findings,
    found,
    lastSeal: last,
    unproven: {
      records: tally.unprovenRecords,
      registers: tally.unprovenRegisters,
      looks: tally.unprovenLooks + waiting,
      since,
    },
  }
}

function earlier(one: Instant | null, other: Instant | null): Instant | null {
  if (one === null || other === null) return one ?? other
  return one < other ? one : other
}
