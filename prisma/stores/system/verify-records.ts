import { createHash } from 'node:crypto'
import {
  beginningOfChain,
  canonicalJson,
  type ChainedRecord,
  canonicalRecord,
} from '../../../domain/audit/canonical-form.ts'
import type { Head } from '../../../domain/audit/seal-statement.ts'
import { addMs, type Instant } from '../../../domain/time/plain-date.ts'
import type { Db } from '../../client.ts'
import {
  type EventContent,
  erasureRecorded,
  eventsById,
  eventsUpTo,
  type PaperRow,
  papersById,
  type RecordRow,
  recordPages,
  sealedHeads,
} from './verification-rows.ts'
import type { Report } from './verification-report.ts'
import { verifyRollUp } from './verify-looks.ts'

/** What a walk over records tells: findings one by one, and what it counted. */
export type Tally = {
  records: number
  registers: number
  events: number
  papers: number
  erasedPapers: number
  looks: number
  /** Records that no seal covers, the registers they are in, and the first instant of them. */
  unprovenRecords: number
  unprovenRegisters: number
  unprovenSince: Instant | null
  unprovenLooks: number
}

type Paper = { paperId: string; kind: string; digest: string; sealedDigest?: string }
type Looked = { events: Map<string, EventContent>; papers: Map<string, PaperRow> }

/** How far a register has been walked. */
type Walk = {
  register: string
  seq: number
  hash: string
  form: number
  /** The number of the last event that was filed. */
  eventSeq: number
  sealedSeq: number
  unproven: boolean
  saidUnsealed: boolean
}

// A record gets its instant before it is committed; no transaction lasts as long as this.
const commitMarginMs = 15 * 60_000

/**
 * Walks all records, or those of one register, along the sealed heads: each record follows from the one before, says what
 * its event and its papers say, and every head that was ever sealed is still there under its number.
 */
export async function verifyRecords(
  db: Db,
  { register, sealedAt, report }: { register: string | null; sealedAt: Instant | null; report: Report },
): Promise<Tally> {
  const tally: Tally = {
    records: 0,
    registers: 0,
    events: 0,
    papers: 0,
    erasedPapers: 0,
    looks: 0,
    unprovenRecords: 0,
    unprovenRegisters: 0,
    unprovenSince: null,
    unprovenLooks: 0,
  }
  const heads = await openHeads(db, register)
  let walk = beginWalk('')
  for await (const page of recordPages(db, register)) {
    const looked = await lookUp(db, page)
    for (const row of page) {
      const { record } = row
      if (record.register !== walk.register) {
        for (const lost of await heads.takeUntilRegister(record.register)) reportLost(lost, walk, report)
        walk = beginWalk(record.register)
        tally.registers += 1
      }
      tally.records += 1
      // Their records are missing in the middle, which the numbers say.
      await heads.takeBefore(record)
      checkLink(row, walk, report)
      if (record.form > walk.form && walk.form !== 0) await checkBridge(db, record, walk, report)
      checkEvent(record, { walk, looked, tally, report })
      await checkPapers(db, record, { looked, tally, report })
      const looks = await verifyRollUp(db, record, report)
      tally.looks += looks
      walk.seq = record.seq
      walk.hash = row.hash
      walk.form = record.form
      for (const head of await heads.takeAt(record)) {
        if (head.hash !== row.hash)
          report('CHAIN_RECOMPUTED', { register: head.register, seq: head.seq, what: `seal ${head.seal}` })
        walk.sealedSeq = head.seq
      }
      if (record.seq > walk.sealedSeq && !heads.isIn(record.register))
        countUnproven(record, { walk, tally, looks, sealedAt, report })
    }
  }
  for (const lost of await heads.takeAll()) reportLost(lost, walk, report)
  return tally
}

function beginWalk(register: string): Walk {
  const unseen = { sealedSeq: 0, unproven: false, saidUnsealed: false }
  return { register, seq: 0, hash: beginningOfChain, form: 0, eventSeq: 0, ...unseen }
}

function checkLink({ record, hash }: RecordRow, walk: Walk, report: Report): void {
  const { register, seq } = record
  const text = canonicalRecord(record)
  if (seq !== walk.seq + 1) report('RECORD_MISSING', { register, seq: walk.seq + 1 })
  else if (record.previous !== walk.hash) report('LINK_BROKEN', { register, seq })
  if (text === null) report('FORM_UNKNOWN', { register, seq, what: String(record.form) })
  else if (createHash('sha256').update(text).digest('hex') !== hash) report('RECORD_CHANGED', { register, seq })
  if (record.form < walk.form) report('FORM_FALSE', { register, seq })
}

/** The record that joins two forms names the last old one and binds what old records bound only in part. */
async function checkBridge(db: Db, record: ChainedRecord, walk: Walk, report: Report): Promise<void> {
  const { register, seq, action } = record
  const { from, events, eventsDigest } = record.detail as {
    from?: { form: number; seq: number; hash: string }
    events?: number
    eventsDigest?: string
  }
  const last = { form: walk.form, seq: walk.seq, hash: walk.hash }
  if (action !== 'NEW_FORM' || canonicalJson(from) !== canonicalJson(last)) {
    report('FORM_FALSE', { register, seq })
    return
  }
  const matterId = caseOf(register)
  if (matterId === null) return
  const old = await eventsUpTo(db, matterId, walk.eventSeq)
  const lines = createHash('sha256')
  for (const { content } of old) lines.update(`${canonicalJson(content)}\n`)
  if (old.length !== events || lines.digest('hex') !== eventsDigest)
    report('EVENT_CHANGED', { register, seq, what: `events 1-${walk.eventSeq}` })
}

function checkEvent(
  record: ChainedRecord,
  { walk, looked, tally, report }: { walk: Walk; looked: Looked; tally: Tally; report: Report },
): void {
  const { register, seq, eventId, detail } = record
  if (record.result !== 'FILED' || eventId === null) return
  const recorded = detail as Record<string, unknown>
  const number = Number(recorded['seq'])
  tally.events += 1
  if (number !== walk.eventSeq + 1) report('EVENT_OUT_OF_ORDER', { register, seq, what: `event ${number}` })
  walk.eventSeq = number
  const event = looked.events.get(eventId)
  if (event === undefined) {
    report('EVENT_MISSING', { register, seq, what: `event ${number}` })
    return
  }
  const changed = changedIn(recorded, event, record)
  if (changed.length > 0) report('EVENT_CHANGED', { register, seq, what: `event ${number}: ${changed.join(', ')}` })
}

/** What of an event is not as it was recorded. The first form knew the signer beside the content, and no more of them. */
function changedIn(
  recorded: Record<string, unknown>,
  { matterId, content }: EventContent,
  record: ChainedRecord,
): string[] {
  const differs = (name: string) => canonicalJson(recorded[name] ?? null) !== canonicalJson(content[name] ?? null)
  const names =
    record.form === 1 ? Object.keys(recorded) : [...new Set([...Object.keys(recorded), ...Object.keys(content)])]
  const same = record.form !== 1 && canonicalJson(recorded) === canonicalJson(content)
  const changed = same ? [] : names.filter(differs)
  if (matterId !== caseOf(record.register)) changed.push('case')
  const { officer, post, office, role } = (content.actor ?? {}) as Record<string, string | null>
  const signer = [officer ?? null, post ?? null, office ?? null, role ?? null]
  const named = [record.officerId, record.postId, record.officeId, record.role]
  if (!changed.includes('actor') && canonicalJson(signer) !== canonicalJson(named)) changed.push('actor')
  return changed
}

async function checkPapers(
  db: Db,
  record: ChainedRecord,
  { looked, tally, report }: { looked: Looked; tally: Tally; report: Report },
): Promise<void> {
  const { register, seq } = record
  for (const cited of papersOf(record)) {
    tally.papers += 1
    const paper = looked.papers.get(cited.paperId)
    if (paper === undefined) {
      report('PAPER_MISSING', { register, seq, what: cited.paperId })
      continue
    }
    const changed = [
      ...(paper.matterId === caseOf(register) ? [] : ['case']),
      ...(paper.kind === cited.kind ? [] : ['kind']),
      ...(paper.digest === cited.digest ? [] : ['digest']),
      ...(paper.sealedNow === null || cited.sealedDigest === undefined || paper.sealedNow === cited.sealedDigest
        ? []
        : ['body']),
    ]
    if (changed.length > 0) report('PAPER_CHANGED', { register, seq, what: `${cited.paperId}: ${changed.join(', ')}` })
    if (paper.sealedNow !== null) continue
    tally.erasedPapers += 1
    if (!(await erasureRecorded(db, register, cited.paperId)))
      report('PAPER_ERASED', { register, seq, what: cited.paperId })
  }
}

function countUnproven(
  { register, seq, at }: ChainedRecord,
  {
    walk,
    tally,
    looks,
    sealedAt,
    report,
  }: { walk: Walk; tally: Tally; looks: number; sealedAt: Instant | null; report: Report },
): void {
  tally.unprovenRecords += 1
  tally.unprovenLooks += looks
  if (!walk.unproven) tally.unprovenRegisters += 1
  walk.unproven = true
  if (tally.unprovenSince === null || at < tally.unprovenSince) tally.unprovenSince = at
  if (sealedAt === null || walk.saidUnsealed || addMs(at, commitMarginMs) >= sealedAt) return
  walk.saidUnsealed = true
  report('UNSEALED_THOUGH_OLD', { register, seq })
}

/** A sealed head without its record. */
function reportLost({ register, seq, seal }: Head & { seal: number }, walk: Walk, report: Report): void {
  if (register !== walk.register) report('REGISTER_DELETED', { register, what: `seal ${seal}` })
  else report('TAIL_CUT', { register, seq: walk.seq, what: `seal ${seal}: ${seq}` })
}

async function lookUp(db: Db, page: readonly RecordRow[]): Promise<Looked> {
  const eventIds = page.flatMap(({ record }) => (record.result === 'FILED' ? (record.eventId ?? []) : []))
  const paperIds = page.flatMap(({ record }) => papersOf(record).map(({ paperId }) => paperId))
  return {
    events: eventIds.length === 0 ? new Map() : await eventsById(db, eventIds),
    papers: paperIds.length === 0 ? new Map() : await papersById(db, [...new Set(paperIds)]),
  }
}

function papersOf({ detail, register }: ChainedRecord): Paper[] {
  const { papers } = detail as { papers?: unknown }
  return Array.isArray(papers) && caseOf(register) !== null ? (papers as Paper[]) : []
}

function caseOf(register: string): string | null {
  return register.startsWith('case:') ? register.slice('case:'.length) : null
}

type SealedHead = Head & { seal: number }

/** The sealed heads, taken along as the records go by. */
async function openHeads(db: Db, register: string | null) {
  const stream = sealedHeads(db, register)
  let next = (await stream.next()).value as SealedHead | undefined

  async function takeWhile(holds: (head: SealedHead) => boolean): Promise<SealedHead[]> {
    const taken: SealedHead[] = []
    while (next !== undefined && holds(next)) {
      // Of a register that is gone, or of an end that was cut off, one head is enough to say so.
      const [last] = taken.slice(-1)
      if (last?.register === next.register && last.seq !== next.seq) taken.pop()
      taken.push(next)
      next = (await stream.next()).value as SealedHead | undefined
    }
    return taken
  }

  return {
    takeUntilRegister: async (until: string) => takeWhile((head) => isBefore(head.register, until)),
    takeBefore: async (at: Head | ChainedRecord) =>
      takeWhile((head) => head.register === at.register && head.seq < at.seq),
    takeAt: async (at: ChainedRecord) => takeWhile((head) => head.register === at.register && head.seq === at.seq),
    takeAll: async () => takeWhile(() => true),
    isIn: (current: string) => next?.register === current,
  }
}

/** In the order of their bytes, as the archive gives them. */
function isBefore(a: string, b: string): boolean {
  return a !== b && Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0
}
