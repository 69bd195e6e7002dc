import type { Instant } from '../../../domain/time/plain-date.ts'
import type { Archive, Db } from '../../client.ts'
import { type Poison, poisonOf } from '../../poison.ts'
import { rowOfInstant } from '../system/rows.ts'

/** Institutions that call back. */
export type CallbackSource = 'MATCHING_CENTRE' | 'BANK'

export type WaitingCallback = { source: CallbackSource; sourceId: string; body: unknown }

/** One that does not open, or holds no JSON: altered, or its key is no longer there. It stays as it is. */
export type UnreadCallback = Pick<WaitingCallback, 'source' | 'sourceId'> & { unread: Poison }

const place = (source: string, sourceId: string) => ({
  table: 'callback',
  column: 'bodyCipher',
  rowId: `${source} ${sourceId}`,
})

/** Keeps a callback as it came, once for each id of its source. It means nothing until the procedure takes it. */
export async function keepCallback(
  archive: Archive,
  callback: Pick<WaitingCallback, 'source' | 'sourceId'> & {
    /** JSON, as it came. */
    text: string
    matterId: string
    countyId: string
    receivedAt: Instant
  },
): Promise<void> {
  const { source, sourceId, matterId, countyId } = callback
  await archive.db.callback.createMany({
    data: [
      {
        source,
        sourceId,
        matterId,
        countyId,
        bodyCipher: archive.cipher.seal(callback.text, place(source, sourceId)),
        receivedAt: rowOfInstant(callback.receivedAt),
      },
    ],
    skipDuplicates: true,
  })
}

/** What has arrived for a case and was not taken yet, oldest first. One that cannot be read costs none of the others. */
export async function waitingCallbacks(
  archive: Pick<Archive, 'cipher'> & { db: Db },
  matterId: string,
): Promise<(WaitingCallback | UnreadCallback)[]> {
  const rows = await archive.db.callback.findMany({
    where: { matterId, takenAt: null },
    orderBy: [{ receivedAt: 'asc' }, { sourceId: 'asc' }],
  })
  return rows.map(({ source: named, sourceId, bodyCipher }) => {
    const source = named as CallbackSource
    try {
      const body = JSON.parse(archive.cipher.open(bodyCipher, place(source, sourceId))) as unknown
      return { source, sourceId, body }
    } catch (error) {
      const unread = poisonOf(error)
      if (unread === null) throw error
      return { source, sourceId, unread }
    }
  })
}

/** Stamps a callback as taken, with what became of it. */
export async function takeCallback(
  db: Db,
  { source, sourceId }: Pick<WaitingCallback, 'source' | 'sourceId'>,
  as: string,
  at: Instant,
): Promise<void> {
  await db.callback.update({
    where: { source_sourceId: { source, sourceId } },
    data: { takenAt: rowOfInstant(at), takenAs: as },
  })
}

/** Cases with callbacks that nobody took since an instant. */
export async function casesWithWaitingCallbacks(db: Db, before: Instant, atMost: number): Promise<string[]> {
  // A dormant matter is looked at when it is woken.
  const rows = await db.$queryRaw<{ matterId: string }[]>`
    SELECT c."matterId" FROM callback c JOIN matter m ON m.id = c."matterId" AND NOT m.dormant
    WHERE c."takenAt" IS NULL AND c."receivedAt" < ${rowOfInstant(before)}
    GROUP BY c."matterId" ORDER BY min(c."receivedAt") LIMIT ${atMost}`
  return rows.map(({ matterId }) => matterId)
}
