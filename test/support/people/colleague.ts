import type { AbsenceEnded, AbsenceEntered } from '../../../api/staff/absence-contract.ts'
import type { Alarms, Orphans } from '../../../api/oversight/alarm-contract.ts'
import type { HandOverView } from '../../../api/staff/hand-over-contract.ts'
import type { HolderEnded, HolderGiven } from '../../../api/staff/post-contract.ts'
import type { z } from '../../../domain/schemas/zod.ts'
import type { AbsenceCause } from '../../../domain/vocabulary.ts'
import { postId, type SeedPerson } from '../../../prisma/seed/people.ts'
import { Officer } from './officer.ts'

type Leave = { standIn?: Officer; from?: string; through?: string; cause?: AbsenceCause }

/** Somebody in an office among others: goes on leave, stands in, hands a post over, sees to it that all are filled. */
export class Colleague extends Officer {
  /** Is away from the own post, today unless told otherwise. */
  async goesOnLeave({ standIn, from, through, cause = 'LEAVE' }: Leave): Promise<z.output<typeof AbsenceEntered>> {
    const { today } = await this.readsClock()
    return this.counter.post('/api/absences', {
      postId: postId(this.person),
      officerId: this.person.id,
      cause,
      fromOn: from ?? today,
      throughOn: through ?? from ?? today,
      ...(standIn === undefined ? {} : { standInId: standIn.person.id }),
    })
  }

  /** Signs, as a second one, that the stand-in whom an absence names may stand in. */
  async agreesTo({ absenceId }: { absenceId: string }): Promise<void> {
    await this.counter.post(`/api/absences/${absenceId}/agrees`, {})
  }

  async comesBack({ absenceId }: { absenceId: string }): Promise<z.output<typeof AbsenceEnded>> {
    return this.counter.post(`/api/absences/${absenceId}/ends`, {})
  }

  /** Opens the hand-over of the post that one has to another, from today on. */
  async letsHandOver(from: Officer, to: Officer): Promise<{ handOverId: string }> {
    const { today } = await this.readsClock()
    const [fromOfficerId, toOfficerId] = [from.person.id, to.person.id]
    return this.counter.post('/api/hand-overs', {
      postId: postId(from.person),
      fromOfficerId,
      toOfficerId,
      lastDay: today,
    })
  }

  async seesHandOver({ handOverId }: { handOverId: string }): Promise<HandOverView> {
    return this.counter.get(`/api/hand-overs/${handOverId}`)
  }

  /** Signs the list as it is shown, as the one who leaves. */
  async handsOver(handOver: { handOverId: string }): Promise<HandOverView> {
    const shown = await this.seesHandOver(handOver)
    await this.counter.post(`/api/hand-overs/${handOver.handOverId}/gives`, { listDigest: shown.listDigest })
    return shown
  }

  /** Signs the list as it was frozen, as the one who takes over. */
  async takesOver(handOver: { handOverId: string }, listDigest?: string): Promise<void> {
    const digest = listDigest ?? (await this.seesHandOver(handOver)).listDigest
    await this.counter.post(`/api/hand-overs/${handOver.handOverId}/takes`, { listDigest: digest })
  }

  /** Alarms that stand in the area. */
  async seesAlarms(): Promise<Alarms['alarms']> {
    return (await this.counter.get<Alarms>('/api/alarms?pageSize=100')).alarms
  }

  /** Open steps of the area that nobody can take now. */
  async seesOrphans(): Promise<Orphans['orphans']> {
    return (await this.counter.get<Orphans>('/api/orphans?pageSize=100')).orphans
  }

  /** Gives somebody a post, from today on unless told otherwise. */
  async gives(post: SeedPerson, { person }: Officer, fromOn?: string): Promise<z.output<typeof HolderGiven>> {
    const from = fromOn === undefined ? {} : { fromOn }
    return this.counter.post(`/api/posts/${postId(post)}/holders`, { officerId: person.id, ...from })
  }

  /** Ends what somebody has of a post, at once. */
  async takesOff(post: SeedPerson, { person }: Officer): Promise<z.output<typeof HolderEnded>> {
    return this.counter.post(`/api/posts/${postId(post)}/holders/${person.id}/ends`, {})
  }
}
