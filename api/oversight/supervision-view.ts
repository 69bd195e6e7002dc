import { supervisionRungLabels } from '../../domain/labels.ts'
import { limitLabels } from '../../domain/matter/limit-keys.ts'
import { instantText, recordId } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { dayOf } from '../../domain/time/plain-date.ts'
import type { Archive } from '../../prisma/client.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { findPaperBody } from '../../prisma/stores/matter/papers.ts'
import { readPlaces } from '../../prisma/stores/staff/places.ts'
import { caseScopeOf } from '../../prisma/stores/matter/scope.ts'
import { namesOfOfficers, namesOfOffices } from '../../prisma/stores/staff/staff.ts'
import {
  type AddressedItem,
  countUnseen,
  type ItemMark,
  readAddressedItems,
  readResponses,
} from '../../prisma/stores/oversight/supervision-items.ts'
import { type OrderMark, type OrderRow, readOrders } from '../../prisma/stores/oversight/supervision-orders.ts'
import type { OrdersQuery, SupervisionItems, SupervisionOrders, SupervisionQuery } from './supervision-contract.ts'
import type { Asker } from '../http/identity.ts'
import { includesRole, overseeingRoles } from '../http/roles.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'

const Mark = z.strictObject({ at: instantText, id: recordId })

/** One page of what the asker's post was shown. */
export async function supervisionView(
  archive: Archive,
  asker: Asker,
  { open, matterId, cursor, pageSize }: SupervisionQuery,
): Promise<SupervisionItems> {
  const { db } = archive
  const today = dayOf(await readClock(db))
  const mark = readCursor(Mark, cursor)
  const scope = await caseScopeOf(db, asker, today)
  const rows = await readAddressedItems(db, asker, {
    scope,
    open: open === 'true',
    ...(matterId === undefined ? {} : { matterId }),
    ...(mark ? { after: { openedAt: mark.at, id: mark.id } as ItemMark } : {}),
    take: pageSize + 1,
  })
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  const around = await readAroundItems(archive, page, today)
  return {
    unseen: await countUnseen(db, asker, { scope, officerId: asker.officerId }),
    items: await Promise.all(page.map(async (item) => itemView(archive, item, around, asker))),
    nextCursor:
      rows.length > page.length && last ? writeCursor({ at: last.openedAt, id: last.supervisionItemId }) : null,
  }
}

async function readAroundItems({ db }: Archive, page: readonly AddressedItem[], today: ReturnType<typeof dayOf>) {
  const responses = await readResponses(
    db,
    page.map(({ supervisionItemId }) => supervisionItemId),
  )
  const officerIds = [...responses.receipts, ...responses.answers].map(({ officerId }) => officerId)
  return {
    ...responses,
    names: await namesOfOfficers(db, [...officerIds, ...page.flatMap(({ raisedBy }) => raisedBy ?? [])]),
    places: await placeNames(db, page, today),
  }
}

async function itemView(
  archive: Archive,
  item: AddressedItem,
  { receipts, answers, names, places }: Awaited<ReturnType<typeof readAroundItems>>,
  asker: Asker,
): Promise<SupervisionItems['items'][number]> {
  const { supervisionItemId: itemId, raisedBy, paperId, placeId, ...shown } = item
  const nameOf = (officerId: string) => names.get(officerId) ?? officerId
  const seen = receipts.filter((receipt) => receipt.itemId === itemId)
  return {
    ...shown,
    supervisionItemId: itemId,
    placeName: places.get(placeId) ?? '',
    limitLabel: limitLabels[item.limit],
    rungLabel: supervisionRungLabels[item.rung],
    raisedByName: raisedBy === null ? null : nameOf(raisedBy),
    text: paperId === null ? null : await textOf(archive, item.matterId, paperId),
    seenByMe: seen.some(({ officerId }) => officerId === asker.officerId),
    receipts: seen.map(({ officerId, seenAt }) => ({ name: nameOf(officerId), seenAt })),
    answers: await Promise.all(
      answers
        .filter((answer) => answer.itemId === itemId)
        .map(async (answer) => ({
          name: nameOf(answer.officerId),
          answeredAt: answer.answeredAt,
          text: await textOf(archive, item.matterId, answer.paperId),
        })),
    ),
  }
}

/** One page of orders: all of the area for those who watch over limits, those of the own office for everybody else. */
export async function ordersView(
  archive: Archive,
  asker: Asker,
  { open, cursor, pageSize }: OrdersQuery,
): Promise<SupervisionOrders> {
  const { db } = archive
  const today = dayOf(await readClock(db))
  const mark = readCursor(Mark, cursor)
  const rows = await readOrders(db, {
    scope: await caseScopeOf(db, asker, today),
    ...(includesRole(overseeingRoles, asker.role) ? {} : { officeId: asker.officeId }),
    open: open === 'true',
    ...(mark ? { after: { issuedAt: mark.at, id: mark.id } as OrderMark } : {}),
    take: pageSize + 1,
  })
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  const officers = page.flatMap(({ issuedBy, answeredBy }) =>
    answeredBy === null ? [issuedBy] : [issuedBy, answeredBy],
  )
  const around = {
    names: await namesOfOfficers(db, officers),
    offices: await namesOfOffices(
      db,
      page.map(({ officeId }) => officeId),
    ),
    places: await placeNames(db, page, today),
  }
  return {
    orders: await Promise.all(page.map(async (order) => orderView(archive, order, around))),
    nextCursor: rows.length > page.length && last ? writeCursor({ at: last.issuedAt, id: last.orderId }) : null,
  }
}

async function orderView(
  archive: Archive,
  order: OrderRow,
  around: { names: Map<string, string>; offices: Map<string, string>; places: Map<string, string> },
): Promise<SupervisionOrders['orders'][number]> {
  const { officeId, issuedBy, answeredBy, paperId, answerPaperId, placeId, ...shown } = order
  return {
    ...shown,
    placeName: around.places.get(placeId) ?? '',
    limitLabel: limitLabels[order.limit],
    officeName: around.offices.get(officeId) ?? officeId,
    issuedByName: around.names.get(issuedBy) ?? issuedBy,
    answeredByName: answeredBy === null ? null : (around.names.get(answeredBy) ?? answeredBy),
    text: await textOf(archive, order.matterId, paperId),
    answerText: answerPaperId === null ? null : await textOf(archive, order.matterId, answerPaperId),
  }
}

async function placeNames(db: Archive['db'], rows: readonly { placeId: string }[], today: ReturnType<typeof dayOf>) {
  const places = await readPlaces(db, [...new Set(rows.map(({ placeId }) => placeId))], today)
  return new Map(places.map(({ placeId, name }) => [placeId, name]))
}

/** What a paper of words says; nothing when it was lawfully erased. */
async function textOf(archive: Archive, matterId: string, paperId: string): Promise<string | null> {
  const body = await findPaperBody(archive, matterId, paperId)
  return body === null ? null : ((JSON.parse(body) as { text?: string }).text ?? null)
}
