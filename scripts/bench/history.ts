import type { Client } from '@temporalio/client'
import proto from '@temporalio/proto'
import { setTimeout as sleep } from 'node:timers/promises'

/** What a case leaves in the engine, as a mean over some cases. */
export type HistoryCost = { events: number; bytes: number; byType: CostLine[]; byTurn: CostLine[] }

/** One kind of event, or of turn of the workflow: how often for each case, and with how many events and bytes. */
export type CostLine = { name: string; count: number; events: number; bytes: number }

const { HistoryEvent } = proto.temporal.api.history.v1
const { EventType } = proto.temporal.api.enums.v1

/** What follows from a workflow task; anything else after one begins the next turn. */
const consequences = new Set([
  'MARKER_RECORDED',
  'TIMER_STARTED',
  'TIMER_CANCELED',
  'ACTIVITY_TASK_SCHEDULED',
  'WORKFLOW_EXECUTION_UPDATE_ACCEPTED',
  'WORKFLOW_EXECUTION_UPDATE_COMPLETED',
  'WORKFLOW_EXECUTION_COMPLETED',
])

export async function measureHistory(client: Client, workflowIds: readonly string[]): Promise<HistoryCost> {
  const histories = []
  for (const workflowId of workflowIds) histories.push(await readHistory(client, workflowId))
  const of = workflowIds.length
  return {
    events: histories.reduce((sum, { events }) => sum + events.length, 0) / of,
    bytes: histories.reduce((sum, { bytes }) => sum + bytes, 0) / of,
    byType: summarise(
      histories.flatMap(({ events }) => events.map((event) => ({ name: event.name, events: [event] }))),
      of,
    ),
    byTurn: summarise(
      histories.flatMap(({ events }) => turnsOf(events)),
      of,
    ),
  }
}

type Event = { name: string; bytes: number }

async function readHistory(client: Client, workflowId: string): Promise<{ events: Event[]; bytes: number }> {
  const handle = client.workflow.getHandle(workflowId)
  // The last act is answered a moment before the workflow has ended.
  for (let tries = 0; (await handle.describe()).status.name === 'RUNNING' && tries < 100; tries += 1) await sleep(50)
  const { events } = await handle.fetchHistory()
  const { historySize } = await handle.describe()
  return {
    events: (events ?? []).map((event) => ({
      name: (EventType[event.eventType ?? 0] ?? '').replace('EVENT_TYPE_', ''),
      bytes: HistoryEvent.encode(event).finish().length,
    })),
    bytes: historySize ?? 0,
  }
}

/** Cuts a history into what one workflow task was about: what made it necessary, the task, and what followed. */
function turnsOf(events: readonly Event[]): { name: string; events: Event[] }[] {
  const turns: Event[][] = []
  let over = true
  for (const event of events) {
    if (over && !consequences.has(event.name)) {
      turns.push([])
      over = false
    }
    turns.at(-1)?.push(event)
    if (event.name === 'WORKFLOW_TASK_COMPLETED') over = true
  }
  return turns.map((turn) => ({ name: reasonOf(turn), events: turn }))
}

const reasons = [
  ['WORKFLOW_EXECUTION_STARTED', 'start'],
  ['WORKFLOW_EXECUTION_UPDATE_ACCEPTED', 'act'],
  ['WORKFLOW_EXECUTION_SIGNALED', 'signal'],
  ['ACTIVITY_TASK_COMPLETED', 'activity answered'],
  ['TIMER_FIRED', 'timer'],
] as const

function reasonOf(turn: readonly Event[]): string {
  const found = reasons.filter(([type]) => turn.some(({ name }) => name === type)).map(([, reason]) => reason)
  return found.length === 0 ? 'other' : found.join(' + ')
}

function summarise(items: readonly { name: string; events: Event[] }[], of: number): CostLine[] {
  return [...Map.groupBy(items, ({ name }) => name)]
    .map(([name, group]) => ({
      name,
      count: group.length / of,
      events: group.reduce((sum, { events }) => sum + events.length, 0) / group.length,
      bytes: group.reduce((sum, { events }) => sum + events.reduce((s, { bytes }) => s + bytes, 0), 0) / group.length,
    }))
    .toSorted((a, b) => b.count * b.bytes - a.count * a.bytes)
}
