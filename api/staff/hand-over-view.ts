import { supervisionRungLabels } from '../../domain/labels.ts'
import { stageLabels } from '../../domain/procedures/words.ts'
import { limitLabels } from '../../domain/matter/limit-keys.ts'
import { instantText, recordId } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import type { HandOverList } from '../../domain/staff/hand-over.ts'
import { dayOf } from '../../domain/time/plain-date.ts'
import type { Archive } from '../../prisma/client.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { findHandOver, type HandOverRow, readHandOvers } from '../../prisma/stores/staff/hand-overs.ts'
import { namesOfOfficers } from '../../prisma/stores/staff/staff.ts'
import type { HandOvers, HandOversQuery, HandOverView } from './hand-over-contract.ts'
import type { Asker } from '../http/identity.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'

const Mark = z.strictObject({ openedAt: instantText, handOverId: recordId })

/** One page of the hand-overs that concern somebody. */
export async function handOversView({ db }: Archive, asker: Asker, query: HandOversQuery): Promise<HandOvers> {
  const rows = await readHandOvers(db, asker, {
    today: dayOf(await readClock(db)),
    after: readCursor(Mark, query.cursor),
    take: query.pageSize + 1,
  })
  const page = rows.slice(0, query.pageSize)
  const names = await namesOfOfficers(db, page.flatMap(peopleOf))
  const last = page.at(-1)
  return {
    handOvers: page.map((row) => headOf(row, names)),
    nextCursor:
      rows.length > page.length && last ? writeCursor({ openedAt: last.openedAt, handOverId: last.handOverId }) : null,
  }
}

/** One hand-over with its list, and the digest that a signature names. */
export async function handOverView({ db }: Archive, asker: Asker, handOverId: string): Promise<HandOverView | null> {
  const found = await findHandOver(db, asker, { handOverId, now: await readClock(db) })
  if (found === null) return null
  const { list, listDigest, supplement } = found
  const assignees = [list, ...(supplement === null ? [] : [supplement])].flatMap(({ tasks }) =>
    tasks.flatMap(({ assigneeId }) => assigneeId ?? []),
  )
  const names = await namesOfOfficers(db, [...peopleOf(found), ...assignees])
  return {
    ...headOf(found, names),
    list: listOf(list, names),
    listDigest,
    supplement: supplement === null ? null : listOf(supplement, names),
  }
}

type Names = ReadonlyMap<string, string>

function peopleOf({ fromOfficerId, toOfficerId, openedBy }: HandOverRow): string[] {
  return [fromOfficerId, toOfficerId, openedBy]
}

function headOf(row: HandOverRow, names: Names): HandOvers['handOvers'][number] {
  const nameOf = (officerId: string) => names.get(officerId) ?? ''
  return {
    ...row,
    fromName: nameOf(row.fromOfficerId),
    toName: nameOf(row.toOfficerId),
    openedByName: nameOf(row.openedBy),
  }
}

function listOf({ tasks, supervision, orders }: HandOverList, names: Names): HandOverView['list'] {
  return {
    tasks: tasks.map(({ caseId: matterId, caseNumber: matterNumber, ...task }) => ({
      ...task,
      matterId,
      matterNumber,
      stageLabel: stageLabels[task.stage],
      limitLabel: task.limit === null ? null : limitLabels[task.limit],
      assigneeName: task.assigneeId === null ? null : (names.get(task.assigneeId) ?? null),
    })),
    supervision: supervision.map(({ caseNumber: matterNumber, ...item }) => ({
      ...item,
      matterNumber,
      limitLabel: limitLabels[item.limit],
      rungLabel: supervisionRungLabels[item.rung],
    })),
    orders: orders.map(({ caseNumber: matterNumber, ...order }) => ({
      ...order,
      matterNumber,
      limitLabel: limitLabels[order.limit],
    })),
  }
}
