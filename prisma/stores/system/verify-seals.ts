import { createHash } from 'node:crypto'
import { beginningOfChain } from '../../../domain/audit/canonical-form.ts'
import { type Head, headLine, type Seal, type SealStatement } from '../../../domain/audit/seal-statement.ts'
import type { Instant } from '../../../domain/time/plain-date.ts'
import { isSignedBy, type SealPublicKeys } from '../../../platform/seal-key.ts'
import type { Db } from '../../client.ts'
import { Prisma } from '../../generated/client.ts'
import type { Report } from './verification-report.ts'

/** The last seal that holds. */
export type LastSeal = { number: number; takenAt: Instant; keyId: string }

type SealRow = Seal & { day: Date; takenAt: Date; takenBy: string | null }

const pageSize = 5_000

/**
 * Checks every seal: its signature, that it names the one before, and that the heads kept with it are those it was taken
 * over. For one register only the seals in which that register moved have their heads counted again.
 */
export async function verifySeals(
  db: Db,
  {
    keys,
    file,
    register,
    report,
    sealsAtOnce = 500,
  }: {
    keys: SealPublicKeys
    file: readonly Seal[] | null
    register: string | null
    report: Report
    sealsAtOnce?: number
  },
): Promise<{ seals: number; last: LastSeal | null }> {
  const inFile = new Map((file ?? []).map((seal) => [seal.number, seal]))
  const lastInFile = Math.max(0, ...inFile.keys())
  const concerned = register === null ? null : await sealsOf(db, register)
  let previous = beginningOfChain
  let number = 0
  let last: LastSeal | null = null
  let newest: SealRow | undefined
  for (;;) {
    const page: SealRow[] = await db.archiveSeal.findMany({
      where: { number: { gt: number } },
      orderBy: { number: 'asc' },
      take: sealsAtOnce,
    })
    for (const seal of page) {
      if (seal.number !== number + 1) report('SEAL_MISSING', { seq: number + 1 })
      const statement = checkSeal(seal, { keys, previous, report })
      if (statement !== null && (concerned === null || concerned.has(seal.number)))
        await checkMoved(db, seal.number, statement, report)
      checkAgainstFile(seal, { inFile, lastInFile, file, report })
      previous = seal.digest
      number = seal.number
      if (statement !== null) last = { number, takenAt: statement.takenAt, keyId: seal.keyId }
    }
    newest = page.at(-1) ?? newest
    if (page.length < sealsAtOnce) break
  }
  if (register === null && newest !== undefined) await checkAll(db, newest, report)
  for (const seal of inFile.values()) {
    if (seal.number > number) report('SEAL_NOT_IN_ARCHIVE', { seq: seal.number })
    if (isSignedBy(keys, { ...seal, text: seal.statement }) === false)
      report('SEAL_FORGED', { seq: seal.number, what: 'file' })
  }
  const strays = await db.$queryRaw<{ seal: number }[]>`
    SELECT DISTINCT seal FROM sealed_head h WHERE NOT EXISTS (SELECT FROM archive_seal s WHERE s.number = h.seal) LIMIT 100`
  for (const { seal } of strays) report('SEALED_HEADS_CHANGED', { seq: seal })
  return { seals: number, last }
}

/** What the seal says, when it says it under its own signature. */
function checkSeal(
  seal: SealRow,
  { keys, previous, report }: { keys: SealPublicKeys; previous: string; report: Report },
): SealStatement | null {
  const { number, statement: text, digest, keyId, signature } = seal
  if (createHash('sha256').update(text).digest('hex') !== digest)
    report('SEAL_CHANGED', { seq: number, what: 'digest' })
  const signed = isSignedBy(keys, { keyId, text, signature })
  if (signed === null) report('SEAL_KEY_UNKNOWN', { seq: number, what: keyId })
  if (signed === false) report('SEAL_FORGED', { seq: number })
  const statement = parse(text)
  if (statement === null || signed !== true) return null
  const said = [statement.number, statement.day, statement.takenAt, statement.takenBy]
  const kept = [number, seal.day.toISOString().slice(0, 10), seal.takenAt.toISOString(), seal.takenBy]
  if (JSON.stringify(said) !== JSON.stringify(kept)) report('SEAL_CHANGED', { seq: number })
  if (statement.previous !== previous) report('SEAL_MISSING', { seq: number - 1, what: 'previous' })
  return statement
}

function parse(text: string): SealStatement | null {
  try {
    return JSON.parse(text) as SealStatement
  } catch {
    return null
  }
}

function checkAgainstFile(
  seal: Seal,
  {
    inFile,
    lastInFile,
    file,
    report,
  }: { inFile: Map<number, Seal>; lastInFile: number; file: readonly Seal[] | null; report: Report },
): void {
  if (file === null) return
  const kept = inFile.get(seal.number)
  if (kept === undefined) {
    if (seal.number < lastInFile) report('SEAL_NOT_IN_FILE', { seq: seal.number })
    return
  }
  const same = kept.statement === seal.statement && kept.digest === seal.digest && kept.signature === seal.signature
  if (!same) report('SEAL_UNLIKE_FILE', { seq: seal.number })
}

async function checkMoved(db: Db, number: number, statement: SealStatement, report: Report): Promise<void> {
  const found = await digestOfHeads(
    db,
    (after) => Prisma.sql`
    SELECT register, seq, hash FROM sealed_head WHERE seal = ${number} AND register > ${after}
    ORDER BY register LIMIT ${pageSize}`,
  )
  if (found.count !== statement.moved || found.digest !== statement.movedDigest)
    report('SEALED_HEADS_CHANGED', { seq: number })
}

async function checkAll(db: Db, { number, statement: text }: SealRow, report: Report): Promise<void> {
  const statement = parse(text)
  if (statement === null) return
  const found = await digestOfHeads(
    db,
    (after) => Prisma.sql`
    SELECT DISTINCT ON (register) register, seq, hash FROM sealed_head WHERE seal <= ${number} AND register > ${after}
    ORDER BY register, seal DESC LIMIT ${pageSize}`,
  )
  if (found.count !== statement.registers || found.digest !== statement.headsDigest)
    report('SEALED_HEADS_CHANGED', { seq: number, what: 'all' })
}

async function digestOfHeads(
  db: Db,
  pageAfter: (register: string) => Prisma.Sql,
): Promise<{ count: number; digest: string }> {
  const lines = createHash('sha256')
  let count = 0
  for (let after = ''; ; ) {
    const page = await db.$queryRaw<Head[]>(pageAfter(after))
    for (const head of page) lines.update(headLine(head))
    count += page.length
    after = page.at(-1)?.register ?? after
    if (page.length < pageSize) return { count, digest: lines.digest('hex') }
  }
}

async function sealsOf(db: Db, register: string): Promise<Set<number>> {
  const rows = await db.sealedHead.findMany({ where: { register }, select: { seal: true } })
  return new Set(rows.map(({ seal }) => seal))
}
