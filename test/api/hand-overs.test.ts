import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lookAtCase } from '../../activities/filing/look-at-case.ts'
import { addDays, addMs, dayOf, type PlainDate, startOf } from '../../domain/time/plain-date.ts'
import type { Role } from '../../domain/vocabulary.ts'
import { people, postId, type SeedPerson } from '../../prisma/seed/people.ts'
import { passOnTasksOfDay } from '../../prisma/stores/staff/assignments.ts'
import { findBrokenLink } from '../../prisma/stores/system/audit.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { rowOfDay } from '../../prisma/stores/system/rows.ts'
import { setTrainingClock } from '../../prisma/stores/system/training-clock.ts'
import { type CounterRoom, openCounterRoom } from './support/counter-room.ts'

const { beijie, dongzhi, supervisors } = people.xifeng
const [handler, otherHandler] = beijie.handlers as [SeedPerson, SeedPerson]
const [leader, otherLeader] = beijie.leaders as [SeedPerson, SeedPerson]
const administrator = people.qingyang.administrators[0]!
const clerk = beijie.clerks[0]!
const post = postId(handler)

let room: CounterRoom
beforeAll(async () => {
  room = await openCounterRoom('hand-overs')
})
afterAll(() => room.close())

type View = {
  handOverId: string
  listDigest: string
  list: {
    tasks: { taskId: string; matterNumber: string; overdue: boolean; assigneeName: string | null }[]
    supervision: object[]
    orders: object[]
  }
  supplement: View['list'] | null
  takerFromOn: string | null
}
type Answer = { status: number; code?: string; handOverId: string; listDigest: string; takenAt?: string }

const today = async () => dayOf(await readClock(room.archive.db))
const untilMorningOf = async (day: PlainDate) => setTrainingClock(room.archive, addMs(startOf(day), 9 * 3_600_000))
const posts = async (as: SeedPerson, path: string, body: object, requestId: string = randomUUID()): Promise<Answer> => {
  const response = await room.send('POST', path, { as, body, headers: { 'request-id': requestId } })
  return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) }
}
const opens = async (as: SeedPerson, changes: Record<string, unknown> = {}) =>
  posts(as, '/api/hand-overs', {
    postId: post,
    fromOfficerId: handler.id,
    toOfficerId: clerk.id,
    lastDay: await today(),
    ...changes,
  })
const sees = async (as: SeedPerson, handOverId: string) => {
  const response = await room.send('GET', `/api/hand-overs/${handOverId}`, { as })
  return { status: response.status, ...((await response.json()) as View) }
}
const gives = (as: SeedPerson, { handOverId, listDigest }: Pick<View, 'handOverId' | 'listDigest'>) =>
  posts(as, `/api/hand-overs/${handOverId}/gives`, { listDigest })
const takes = (as: SeedPerson, { handOverId, listDigest }: Pick<View, 'handOverId' | 'listDigest'>) =>
  posts(as, `/api/hand-overs/${handOverId}/takes`, { listDigest })
const cancels = (as: SeedPerson, handOverId: string) => posts(as, `/api/hand-overs/${handOverId}/cancels`, {})

const applied = () => room.world.beijie.clerk.applies(room.world.aHousehold())
const signsInOn = async (person: SeedPerson, role: Role, office = handler.office) =>
  (await room.signIn({ ...person, office, role })).status
const holdingsOf = async (person: SeedPerson) =>
  room.archive.db.postHolding.findMany({
    where: { postId: post, officerId: person.id },
    orderBy: { effectiveFrom: 'asc' },
  })
const names = (taskId: string, officerId: string) =>
  room.owner.db.task.update({ where: { id: taskId }, data: { assigneeId: officerId } })
const assigneeOf = async (taskId: string) =>
  (await room.archive.db.task.findUniqueOrThrow({ where: { id: taskId } })).assigneeId

describe('a hand-over', () => {
  it('is a list that both sign; the post changes hands with the second signature and not before', async () => {
    const aCase = await applied()
    const { handOverId, status } = await opens(leader)
    expect(status).toBe(201)
    const shown = await sees(handler, handOverId)
    expect(shown.list.tasks).toMatchObject([
      { matterNumber: aCase.number, stage: 'APPLIED', limit: 'ACCEPTANCE', overdue: false, assigneeName: null },
    ])
    const [task] = shown.list.tasks
    await names(task!.taskId, handler.id)
    expect(await gives(handler, shown)).toMatchObject({ status: 409, code: 'listChangedSinceSeen' })
    const fresh = await sees(handler, handOverId)
    expect(fresh.list.tasks[0]?.assigneeName).toBe(handler.name)

    expect(await takes(clerk, fresh)).toMatchObject({ status: 409, code: 'handOverNotGiven' })
    expect(await gives(handler, fresh)).toMatchObject({ status: 200, listDigest: fresh.listDigest })
    expect(await signsInOn(clerk, 'TOWNSHIP_HANDLER')).toBe(403)
    expect(await holdingsOf(clerk)).toEqual([])

    const later = await applied()
    const supplemented = await sees(clerk, handOverId)
    expect(supplemented.listDigest).toBe(fresh.listDigest)
    expect(supplemented.list).toEqual(fresh.list)
    expect(supplemented.supplement?.tasks.map(({ matterNumber }) => matterNumber)).toEqual([later.number])

    const day = await today()
    expect(await takes(clerk, fresh)).toMatchObject({ status: 200, listDigest: fresh.listDigest })
    // On the last day itself both have the post.
    expect([await signsInOn(clerk, 'TOWNSHIP_HANDLER'), await signsInOn(handler, 'TOWNSHIP_HANDLER')]).toEqual([
      201, 201,
    ])
    expect(await holdingsOf(handler)).toMatchObject([{ effectiveTo: rowOfDay(day) }])
    expect(await holdingsOf(clerk)).toMatchObject([{ effectiveFrom: rowOfDay(day), effectiveTo: null }])
    expect(await assigneeOf(task!.taskId)).toBe(clerk.id)
    expect((await sees(clerk, handOverId)).takerFromOn).toBe(day)

    await untilMorningOf(addDays(day, 1))
    expect([await signsInOn(clerk, 'TOWNSHIP_HANDLER'), await signsInOn(handler, 'TOWNSHIP_HANDLER')]).toEqual([
      201, 403,
    ])
  })

  it('signed twice gets the same answer, and under another list is refused by name', async () => {
    const { handOverId } = await opens(leader, { fromOfficerId: otherHandler.id, toOfficerId: otherLeader.id })
    const shown = await sees(otherHandler, handOverId)
    const given = await gives(otherHandler, shown)
    await applied()
    expect(await gives(otherHandler, shown)).toEqual(given)
    const other = { handOverId, listDigest: 'f'.repeat(64) }
    expect(await gives(otherHandler, other)).toMatchObject({ status: 409, code: 'listNotTheFrozenOne' })
    expect(await takes(otherLeader, other)).toMatchObject({ status: 409, code: 'listNotTheFrozenOne' })
    expect(await holdingsOf(otherLeader)).toEqual([])
    const [taken, atOnce] = await Promise.all([takes(otherLeader, shown), takes(otherLeader, shown)])
    expect(taken.status).toBe(200)
    expect(atOnce).toEqual(taken)
    expect(await takes(otherLeader, shown)).toEqual(taken)
    expect(await holdingsOf(otherLeader)).toHaveLength(1)
    expect(await cancels(leader, handOverId)).toMatchObject({ status: 409, code: 'handOverTaken' })
  })

  it('for a day ahead leaves the post until then, and the names on its tasks until the round of the first day', async () => {
    const lastDay = addDays(await today(), 3)
    const { handOverId } = await opens(administrator, { fromOfficerId: clerk.id, toOfficerId: leader.id, lastDay })
    const [one, another] = (await sees(clerk, handOverId)).list.tasks.map(({ taskId }) => taskId) as [string, string]
    await names(one, clerk.id)
    await names(another, otherLeader.id)
    const shown = await sees(clerk, handOverId)
    await gives(clerk, shown)
    expect((await takes(leader, shown)).status).toBe(200)
    expect((await sees(leader, handOverId)).takerFromOn).toBe(addDays(lastDay, 1))
    expect([await signsInOn(leader, 'TOWNSHIP_HANDLER'), await signsInOn(clerk, 'TOWNSHIP_HANDLER')]).toEqual([
      403, 201,
    ])
    await passOnTasksOfDay(room.hands, await today())
    expect(await assigneeOf(one)).toBe(clerk.id)

    await untilMorningOf(addDays(lastDay, 1))
    expect([await signsInOn(leader, 'TOWNSHIP_HANDLER'), await signsInOn(clerk, 'TOWNSHIP_HANDLER')]).toEqual([
      201, 403,
    ])
    for (let twice = 0; twice < 2; twice += 1) await passOnTasksOfDay(room.hands, await today())
    expect([await assigneeOf(one), await assigneeOf(another)]).toEqual([leader.id, otherLeader.id])
    const passedOn = { register: 'staff:qingyang-xifeng', action: 'PASS_ON_TASKS' }
    expect(await room.archive.db.auditRecord.count({ where: passedOn })).toBe(1)
  })

  it('is opened by who heads the office or an administrator, once, and concerns nobody else', async () => {
    const ahead = { fromOfficerId: otherLeader.id, lastDay: addDays(await today(), 10) }
    expect(await opens(clerk, ahead)).toMatchObject({ status: 403, code: 'notYourRole' })
    expect(await opens(dongzhi.leaders[0]!, ahead)).toMatchObject({ status: 404, code: 'notFound' })
    const opened = await opens(administrator, ahead)
    expect(opened.status).toBe(201)
    expect(await opens(supervisors[0]!, ahead)).toMatchObject({ status: 403, code: 'notYoursToArrange' })
    expect(await opens(leader, ahead)).toMatchObject({ status: 409, code: 'handOverOpen' })
    expect((await sees(dongzhi.leaders[0]!, opened.handOverId)).status).toBe(404)
    expect((await sees(leader, opened.handOverId)).status).toBe(200)
    const shown = await sees(administrator, opened.handOverId)
    expect(await gives(leader, shown)).toMatchObject({ status: 403, code: 'notTheGiver' })
    expect(await takes(supervisors[0]!, shown)).toMatchObject({ status: 403, code: 'notTheTaker' })
    expect(await gives(dongzhi.leaders[0]!, shown)).toMatchObject({ status: 404, code: 'notFound' })

    expect(await cancels(leader, opened.handOverId)).toMatchObject({ status: 403, code: 'notTheOpener' })
    const cancelled = await cancels(administrator, opened.handOverId)
    expect(cancelled.status).toBe(200)
    expect(await cancels(administrator, opened.handOverId)).toEqual(cancelled)
    expect(await gives(otherLeader, shown)).toMatchObject({ status: 409, code: 'handOverCancelled' })
  })

  it('to or from somebody who is not there is refused by name', async () => {
    const from = { fromOfficerId: otherLeader.id }
    expect(await opens(leader, { ...from, toOfficerId: otherLeader.id })).toMatchObject({ code: 'takerIsGiver' })
    const stranger = { ...from, toOfficerId: people.chongchuan.handlers[0]!.id }
    expect(await opens(leader, stranger)).toMatchObject({ status: 422, code: 'takerNotAvailable' })
    expect(await opens(leader, { fromOfficerId: handler.id })).toMatchObject({ status: 422, code: 'officerNotOnPost' })
    const past = { ...from, lastDay: addDays(await today(), -1) }
    expect(await opens(leader, past)).toMatchObject({ status: 422, code: 'lastDayPast' })
  })

  it('whose leaver was taken off the post meanwhile changes nothing more', async () => {
    const { handOverId } = await opens(leader, { fromOfficerId: otherLeader.id })
    const shown = await sees(otherLeader, handOverId)
    await gives(otherLeader, shown)
    const ends = `/api/posts/${post}/holders/${otherLeader.id}/ends`
    expect((await posts(administrator, ends, {})).status).toBe(200)
    const before = await holdingsOf(clerk)
    expect(await takes(clerk, shown)).toMatchObject({ status: 422, code: 'officerNotOnPost' })
    expect(await holdingsOf(clerk)).toEqual(before)
    expect((await cancels(leader, handOverId)).status).toBe(200)
  })

  it('is listed for those whom it concerns, the latest first, page by page', async () => {
    const list = async (as: SeedPerson, query = '') =>
      (await (await room.send('GET', `/api/hand-overs${query}`, { as })).json()) as {
        handOvers: { handOverId: string; openedAt: string }[]
        nextCursor: string | null
      }
    const all = (await list(leader)).handOvers
    expect(all).toHaveLength(5)
    expect(all.map(({ openedAt }) => openedAt)).toEqual(
      all
        .map(({ openedAt }) => openedAt)
        .toSorted()
        .toReversed(),
    )
    const first = await list(leader, '?pageSize=2')
    const second = await list(leader, `?pageSize=2&cursor=${first.nextCursor}`)
    expect([...first.handOvers, ...second.handOvers]).toEqual(all.slice(0, 4))
    expect((await list(dongzhi.leaders[0]!)).handOvers).toEqual([])
    expect((await list(clerk)).handOvers).toHaveLength(4)
  })

  it('lists what is late, and what supervision addressed to the post and its office', async () => {
    const aCase = await room.world.clerk('cuigou').applies(room.world.aHousehold())
    await untilMorningOf(addDays(await today(), 40))
    await lookAtCase(room.hands, { matterId: aCase.id })
    await room.world.supervisor.orders(aCase, 'ACCEPTANCE', 'xf-dongzhi', '逾期未受理，请说明情况。')
    const [leaves, stays] = dongzhi.handlers as [SeedPerson, SeedPerson]
    const names = { postId: postId(leaves), fromOfficerId: leaves.id, toOfficerId: stays.id }
    const { handOverId } = await opens(dongzhi.leaders[0]!, names)
    const { list } = await sees(leaves, handOverId)
    const { number: matterNumber } = aCase
    expect(list).toMatchObject({
      tasks: [{ matterNumber, limit: 'ACCEPTANCE', overdue: true }],
      orders: [{ matterNumber, number: 1, limit: 'ACCEPTANCE', answered: false }],
    })
    expect(list.supervision).toContainEqual(
      expect.objectContaining({ matterNumber, limit: 'ACCEPTANCE', rung: 'URGING' }),
    )
    // The one who takes over has the post already, and keeps it.
    const shown = await sees(leaves, handOverId)
    await gives(leaves, shown)
    expect((await takes(stays, shown)).status).toBe(200)
    const kept = { postId: postId(leaves), officerId: stays.id }
    expect(await room.archive.db.postHolding.count({ where: kept })).toBe(1)
  })

  it('leaves each step in the audit, and a signed list is never changed', async () => {
    const { db } = room.archive
    expect(await findBrokenLink(db, 'staff:qingyang-xifeng')).toBeNull()
    const taken = await db.handOver.findFirstOrThrow({ where: { takenAt: { not: null } } })
    const records = await db.auditRecord.findMany({ where: { subject: taken.id }, orderBy: { seq: 'asc' } })
    expect(records.map(({ action }) => action)).toEqual(['OPEN_HAND_OVER', 'GIVE_HAND_OVER', 'TAKE_HAND_OVER'])
    expect(
      records.slice(1).every(({ detail }) => (detail as { listDigest: string }).listDigest === taken.listDigest),
    ).toBe(true)
    await expect(db.handOver.update({ where: { id: taken.id }, data: { listDigest: 'other' } })).rejects.toThrow()
  })
})
