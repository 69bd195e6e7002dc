import { audienceOf, levelOf } from '../../domain/matter/audience.ts'
import { type CommonEvent, isCommonEvent, type MatterEvent } from '../../domain/matter/facts.ts'
import { rolesAllowed } from '../../domain/procedures/authority.ts'
import type { PaperKind, SupervisionRung } from '../../domain/vocabulary.ts'
import type { LockedMatter } from '../../prisma/stores/matter/locked-matter.ts'
import { openSupervisionItem } from '../../prisma/stores/oversight/supervision.ts'
import { noteOrderAnswered, writeOrder } from '../../prisma/stores/oversight/supervision-orders.ts'
import { filingOf } from '../procedures/index.ts'

/** Rows beyond the matter itself that an event brings about. Most events bring none. */
export async function effectsOf(matter: LockedMatter, event: MatterEvent): Promise<void> {
  if (!isCommonEvent(event)) return filingOf(matter).effects(matter, event)
  const { tx, row } = matter
  switch (event.type) {
    case 'LIMIT_BREACHED':
    case 'URGED':
      return raise(matter, event, 'URGING')
    case 'SUPERVISION_RAISED':
      return raise(matter, event, event.data.rung)
    case 'ORDER_ISSUED':
      await writeOrder(tx, row, event.data, doingOf(matter, event, 'SUPERVISION_ORDER'))
      return showOrder(matter, event)
    case 'ORDER_ANSWERED':
      return noteOrderAnswered(tx, event.data.orderId, doingOf(matter, event, 'SUPERVISION_ANSWER'))
    default:
      return
  }
}

type Raising = Extract<CommonEvent, { type: 'LIMIT_BREACHED' | 'SUPERVISION_RAISED' | 'URGED' }>

/** An urging by hand goes to the desks alone: whoever urges is no audience of their own. */
async function raise(matter: LockedMatter, event: Raising, rung: SupervisionRung): Promise<void> {
  const { limit, run } = event.data
  const desks = matter.procedure.desksOf(matter.state)
  const byHand = event.type === 'URGED'
  const reaches = byHand ? 'REMINDER' : rung
  const { order } = matter.state
  await openSupervisionItem(matter.tx, matter, {
    id: event.eventId,
    limit,
    run,
    rung,
    number: byHand ? event.data.number : 0,
    raisedBy: event.actor?.officerId ?? null,
    paperId: event.papers.find(({ kind }) => kind === 'REASON')?.paperId ?? null,
    shownTo: levelOf(reaches, limit, desks),
    audience: audienceOf(reaches, limit, desks),
    ...(limit === 'SUPERVISION_ORDER' && order !== null ? { addressee: addressedTo(order.officeId) } : {}),
  })
}

/** Whoever owes an answer is shown the order as an item of its own, so that it is known who has seen it. */
async function showOrder(matter: LockedMatter, event: Extract<CommonEvent, { type: 'ORDER_ISSUED' }>): Promise<void> {
  const { number, officeId } = event.data
  await openSupervisionItem(matter.tx, matter, {
    id: event.eventId,
    limit: 'SUPERVISION_ORDER',
    run: number,
    rung: 'ORDER',
    number: 1,
    raisedBy: event.actor?.officerId ?? null,
    paperId: event.papers.find(({ kind }) => kind === 'SUPERVISION_ORDER')?.paperId ?? null,
    shownTo: 'TOWNSHIP',
    audience: [],
    addressee: addressedTo(officeId),
  })
}

function addressedTo(officeId: string) {
  return { officeId, roles: rolesAllowed('ANSWER_ORDER') }
}

function doingOf({ now }: LockedMatter, event: CommonEvent, kind: PaperKind) {
  const paperId = event.papers.find((paper) => paper.kind === kind)?.paperId ?? ''
  return { officerId: event.actor?.officerId ?? '', at: now, paperId }
}
