import type { Overdue } from '../../../api/contract/overdue.ts'
import { type CaseInHand, Officer } from './officer.ts'

/** Is shown what is late. 督办 */
export class Supervisor extends Officer {
  /** Everything overdue in the supervisor's area, longest first. */
  async seesOverdue(): Promise<Overdue['items']> {
    const items: Overdue['items'] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query: string = cursor === '' ? '?pageSize=100' : `?pageSize=100&cursor=${encodeURIComponent(cursor)}`
      const page: Overdue = await this.counter.get<Overdue>(`/api/overdue${query}`)
      items.push(...page.items)
      cursor = page.nextCursor
    }
    return items
  }

  /** What is overdue in one case. */
  async seesOverdueOf(aCase: CaseInHand): Promise<Overdue['items']> {
    return (await this.seesOverdue()).filter(({ caseId }) => caseId === aCase.id)
  }
}

/** Keeps the training deployment; moves its clock. 系统管理员 */
export class Administrator extends Officer {
  async movesClock(move: { targetAt: string } | { workingDays: number } | { days: number }): Promise<void> {
    await this.counter.post('/api/training/clock-moves', move)
  }
}
