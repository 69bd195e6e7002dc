import type { Client } from '@temporalio/client'
import { formatYuan } from '../../domain/money.ts'
import type { Archive } from '../../prisma/client.ts'
import { findBrokenLink } from '../../prisma/stores/system/audit.ts'
import type { Bank } from '../../test/support/sandbox.ts'
import { matterWorkflowId } from '../../workflows/shared/matter-contract.ts'
import type { Reckoning } from './reckoning.ts'
import type { Story } from './story.ts'

/** One thing that must hold, and whether it does. */
export type Check = { what: string; holds: boolean; found: string }

/** Looks behind the counter after the story: at the bank's book, the engine, the audit and the counted days. */
export async function checkStory(
  { inTown, inVillage, refused }: Story,
  deps: { bank: Bank; client: Client; archive: Archive },
): Promise<Check[]> {
  const all = [inTown, inVillage, refused]
  return [
    ...(await Promise.all([inTown, inVillage].map((reckoning) => paidOnce(reckoning, deps.bank)))),
    await unpaid(refused, deps.bank),
    ...(await Promise.all(all.map((reckoning) => oneWorkflowClosed(reckoning, deps.client)))),
    ...(await Promise.all(all.map((reckoning) => auditHolds(reckoning, deps.archive)))),
    ...all.map(deadlinesExplained),
  ]
}

async function paidOnce({ view, aCase }: Reckoning, bank: Bank): Promise<Check> {
  const { instructionId = '', amountFen = 0 } = view.payment ?? {}
  const credits = await bank.creditsOf(instructionId)
  return {
    what: `${aCase.household.applicant.name}：银行账簿只入账一次，金额一致`,
    holds: credits.times === 1 && credits.amountFen === amountFen && amountFen > 0,
    found: `入账${credits.times}次，共${formatYuan(credits.amountFen)}元`,
  }
}

async function unpaid({ view, aCase }: Reckoning, bank: Bank): Promise<Check> {
  const accepted = (await bank.lines()).filter((line) => JSON.stringify(line).includes(aCase.household.accountNumber))
  return {
    what: `${aCase.household.applicant.name}：未确认，银行没有收到任何指令`,
    holds: view.payment === null && accepted.length === 0,
    found: `${accepted.length}条记录`,
  }
}

async function oneWorkflowClosed({ aCase }: Reckoning, client: Client): Promise<Check> {
  const workflowId = matterWorkflowId('ASSISTANCE_CASE', aCase.id)
  const { status } = await client.workflow.getHandle(workflowId).describe()
  const { count } = await client.workflow.count(`WorkflowId = '${workflowId}'`)
  return {
    what: `${aCase.household.applicant.name}：案件办结，唯一的流程随之结束`,
    holds: status.name === 'COMPLETED' && count === 1,
    found: `${status.name}，${count}个`,
  }
}

async function auditHolds({ aCase, view }: Reckoning, { db }: Archive): Promise<Check> {
  const register = `case:${aCase.id}`
  const broken = await findBrokenLink(db, register)
  const filed = await db.auditRecord.count({ where: { register, result: 'FILED' } })
  return {
    what: `${aCase.household.applicant.name}：审计链完整，每个事件一条`,
    holds: broken === null && filed === view.timeline.length,
    found: broken === null ? `${filed}条，${view.timeline.length}个事件` : `第${broken}条断开`,
  }
}

/** Every due day can be counted again: the last counted day carries the number of the limit. */
function deadlinesExplained({ aCase, strips }: Reckoning): Check {
  const wrong = strips.filter(({ deadline, days }) => days.at(-1)?.day !== deadline.dueOn)
  return {
    what: `${aCase.household.applicant.name}：${strips.length}个时限逐日可查`,
    holds: strips.length > 0 && wrong.length === 0,
    found: wrong.length === 0 ? '全部说明' : wrong.map(({ deadline }) => deadline.label).join('、'),
  }
}
