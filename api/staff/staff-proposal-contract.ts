import { identityNumber, personName, plainDate, staffNumber } from '../../domain/schemas/nouns.ts'
import { z } from '../../domain/schemas/zod.ts'
import { staffProposalKinds } from '../../domain/vocabulary.ts'
import { RaisedAlarm } from '../oversight/alarm-contract.ts'
import { at, cursor, day, id, pageSize } from '../http/nouns.ts'

/** What an administrator proposes about posts and accounts; the days are those of the routes that do it at once. */
export const NewProposal = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('GIVE_POST'), postId: id, officerId: id, fromOn: plainDate.optional() }),
    z.strictObject({ kind: z.literal('END_POST'), postId: id, officerId: id, lastDay: plainDate.optional() }),
    z.strictObject({ kind: z.literal('DISABLE_OFFICER'), officerId: id }),
    z.strictObject({ kind: z.literal('ENABLE_OFFICER'), officerId: id }),
    /** Whose account it is; only what finds the number again is kept. */
    z.strictObject({ kind: z.literal('RECORD_IDENTITY'), officerId: id, identityNumber }),
    /** A new account without a post. The number is kept like that of RECORD_IDENTITY; the system makes the password. */
    z.strictObject({ kind: z.literal('NEW_OFFICER'), staffNumber, name: personName, identityNumber }),
    /** For an account on which nobody has chosen a password yet. */
    z.strictObject({ kind: z.literal('NEW_FIRST_PASSWORD'), officerId: id }),
    /** For an officer who has forgotten theirs: another first password, to be changed before anything else. */
    z.strictObject({ kind: z.literal('RESET_PASSWORD'), officerId: id }),
  ])
  .meta({ id: 'NewProposal' })
export type NewProposal = z.output<typeof NewProposal>

/** What a proposal is about. `firstPassword` is told in the first answer to the request that sets it, and never again. */
const about = {
  officerId: id,
  personHasOtherAccounts: z.boolean(),
  firstPassword: z.string().nullable(),
}

/** `done` is false until another administrator agrees; in training one suffices. */
export const ProposalMade = z
  .object({ proposalId: id, done: z.boolean(), expiresAt: at, ...about, alarms: z.array(RaisedAlarm) })
  .meta({ id: 'ProposalMade' })

export const ProposalAgreed = z
  .object({ proposalId: id, doneAt: at, ...about, alarms: z.array(RaisedAlarm) })
  .meta({ id: 'ProposalAgreed' })

export const ProposalWithdrawn = z.object({ proposalId: id, withdrawnAt: at }).meta({ id: 'ProposalWithdrawn' })

export const ProposalsQuery = z.strictObject({ cursor: cursor.optional(), pageSize })
export type ProposalsQuery = z.output<typeof ProposalsQuery>

/** Proposals of one's area, the latest first. */
export const Proposals = z
  .object({
    proposals: z.array(
      z.object({
        proposalId: id,
        kind: z.enum(staffProposalKinds),
        kindLabel: z.string(),
        officerId: id,
        officerName: z.string(),
        staffNumber: z.string().nullable(),
        postId: id.nullable(),
        postTitle: z.string().nullable(),
        officeName: z.string().nullable(),
        fromOn: day.nullable(),
        lastDay: day.nullable(),
        proposedBy: id,
        proposedByName: z.string(),
        proposedAt: at,
        expiresAt: at,
        agreedByName: z.string().nullable(),
        doneAt: at.nullable(),
        withdrawnAt: at.nullable(),
      }),
    ),
    nextCursor: cursor.nullable(),
  })
  .meta({ id: 'Proposals' })
export type Proposals = z.infer<typeof Proposals>
