import { z } from '../../domain/schemas/zod.ts'
import type { StaffChange } from '../../domain/staff/staff-proposal.ts'
import { stableId } from '../../platform/stable-id.ts'
import type { Archive } from '../../prisma/client.ts'
import { identityIndex } from '../../prisma/stores/household/persons.ts'
import { agreeToProposal, propose, withdrawProposal } from '../../prisma/stores/staff/staff-proposals.ts'
import { id } from '../http/nouns.ts'
import {
  NewProposal,
  ProposalAgreed,
  ProposalMade,
  Proposals,
  ProposalsQuery,
  ProposalWithdrawn,
} from './staff-proposal-contract.ts'
import { type FirstPassword, makeFirstPassword } from './first-password.ts'
import { once } from '../http/once.ts'
import { route, type Route, type Services } from '../http/route.ts'
import { actorOf, changeStaffOnce, staffRules } from './staff-change.ts'
import { proposalsView } from './staff-proposals-view.ts'

const administrators = ['ADMINISTRATOR'] as const

/** What one administrator proposes about posts and accounts, and another agrees to. */
export function staffProposalRoutes({ archive, config }: Services): Route[] {
  const params = z.strictObject({ proposalId: id })
  return [
    route({
      method: 'post',
      path: '/api/staff-proposals',
      summary: '提出人员变动申请',
      policy: administrators,
      audits: { chained: 'staff' },
      body: NewProposal,
      answer: { status: 201, schema: ProposalMade, description: '已提出，待另一名系统管理员同意；训练环境即时生效' },
      handle: async (ask) => {
        const proposalId = stableId(ask.asker.officerId, ask.requestId, 'STAFF_PROPOSAL')
        const change = changeOf(archive, proposalId, ask.body)
        const password = makeFirstPassword()
        const rules = { ...staffRules(config), firstPassword: password.hashed }
        const made = await changeStaffOnce(archive, ask, 'PROPOSE_STAFF_CHANGE', async (tx, by) =>
          propose(tx, { proposalId, change }, by, rules),
        )
        return { body: await withPassword(archive, made, password) }
      },
    }),
    route({
      method: 'post',
      path: '/api/staff-proposals/{proposalId}/agrees',
      summary: '同意人员变动',
      policy: administrators,
      audits: { chained: 'staff' },
      params,
      answer: { status: 200, schema: ProposalAgreed, description: '已同意，变动已生效' },
      handle: async (ask) => {
        const password = makeFirstPassword()
        const agreed = await changeStaffOnce(archive, ask, 'AGREE_STAFF_CHANGE', async (tx, by) =>
          agreeToProposal(tx, ask.params.proposalId, by, password.hashed),
        )
        return { body: await withPassword(archive, agreed, password) }
      },
    }),
    route({
      method: 'post',
      path: '/api/staff-proposals/{proposalId}/withdraws',
      summary: '撤回人员变动申请',
      policy: administrators,
      audits: { chained: 'staff' },
      params,
      answer: { status: 200, schema: ProposalWithdrawn, description: '已撤回' },
      handle: async (ask) => ({
        body: await once(archive, ask, { action: 'WITHDRAW_STAFF_CHANGE', matterId: null }, async (tx) =>
          withdrawProposal(tx, ask.params.proposalId, actorOf(ask)),
        ),
      }),
    }),
    route({
      method: 'get',
      path: '/api/staff-proposals',
      summary: '人员变动申请',
      policy: administrators,
      audits: { look: 'READ_STAFF' },
      query: ProposalsQuery,
      answer: { status: 200, schema: Proposals, description: '辖区内的人员变动申请，最新的在前' },
      handle: async ({ asker, query }) => ({ body: await proposalsView(archive, asker, query) }),
    }),
  ]
}

/** The number itself goes no further than the counter. */
function changeOf(archive: Archive, proposalId: string, proposal: NewProposal): StaffChange {
  if (!('identityNumber' in proposal)) return proposal
  const { identityNumber, ...change } = proposal
  const kept = { identityIndex: Buffer.from(identityIndex(archive, identityNumber)).toString('hex') }
  return change.kind === 'NEW_OFFICER'
    ? { ...change, ...kept, officerId: stableId('OFFICER', proposalId) }
    : { ...change, ...kept }
}

/** The answer with the password that this request set, which the kept answer does not hold. */
async function withPassword<T extends { officerId: string }>(archive: Archive, answer: T, password: FirstPassword) {
  return { ...answer, firstPassword: await password.toldFor(archive, answer.officerId) }
}
