import { setTimeout as pause } from 'node:timers/promises'
import type { ActAnswer } from '../../../api/assistance-cases/act-contract.ts'
import type { Board, BoardCase, BoardCases } from '../../../api/oversight/board-contract.ts'
import type { BulletinOfPeriod, CountyBulletin, FigureCases } from '../../../api/oversight/bulletin-contract.ts'
import type { Redatings } from '../../../api/rules/calendar-contract.ts'
import type { z } from '../../../domain/schemas/zod.ts'
import type { Overdue } from '../../../api/oversight/overdue-contract.ts'
import type { Weather, WeatherThen } from '../../../api/oversight/forecast-contract.ts'
import type { LimitKey } from '../../../domain/matter/limit-keys.ts'
import type { FigureKey } from '../../../domain/supervision/bulletin.ts'
import type { DueStanding } from '../../../domain/supervision/due-standing.ts'
import type { Stage } from '../../../domain/procedures/words.ts'
import { type CaseInHand, type How, Officer } from './officer.ts'

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
    return (await this.seesOverdue()).filter(({ matterId }) => matterId === aCase.id)
  }

  /** Issues a supervision order for a limit of a case to the office that has it. */
  async orders(aCase: CaseInHand, limit: LimitKey, officeId: string, text: string, how?: How): Promise<ActAnswer> {
    return this.acts(
      aCase,
      async () => ({ action: 'ISSUE_ORDER', ...(await this.running(aCase, limit)), officeId, text }),
      how,
    )
  }

  async closesOrder(aCase: CaseInHand, reason: string, how?: How): Promise<ActAnswer> {
    return this.acts(aCase, () => ({ action: 'CLOSE_ORDER', reason }), how)
  }

  /** What is expected to be late in the days ahead. */
  async readsWeather(): Promise<Weather> {
    return this.counter.get<Weather>('/api/deadline-forecast')
  }

  /** What was expected on a day, beside what came. */
  async readsWeatherOf(madeOn: string): Promise<WeatherThen> {
    return this.counter.get<WeatherThen>(`/api/deadline-forecast/${madeOn}`)
  }

  /** The bulletin of the supervisor's county for a period, or its figures while none is issued. */
  async readsBulletin(period: string): Promise<CountyBulletin> {
    const { bulletins } = await this.counter.get<BulletinOfPeriod>(`/api/bulletins/${period}`)
    return bulletins[0] as CountyBulletin
  }

  /** The numbers of the cases behind a figure. */
  async opensFigure(period: string, figure: FigureKey, limit?: LimitKey): Promise<string[]> {
    const numbers: string[] = []
    const asked = `figure=${figure}${limit === undefined ? '' : `&limit=${limit}`}&pageSize=100`
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query: string = cursor === '' ? asked : `${asked}&cursor=${encodeURIComponent(cursor)}`
      const page: FigureCases = await this.counter.get<FigureCases>(`/api/bulletins/${period}/cases?${query}`)
      numbers.push(...page.items.map(({ matterNumber }) => matterNumber))
      cursor = page.nextCursor
    }
    return numbers
  }

  /** Open cases of the area by place and stage. */
  async seesBoard(): Promise<Board> {
    return this.counter.get<Board>('/api/board')
  }

  /** The cases behind a cell of the board. */
  async opensCell(cell: BoardCellAsked): Promise<BoardCase[]> {
    const items: BoardCase[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query = new URLSearchParams({ ...cell, pageSize: '100', ...(cursor === '' ? {} : { cursor }) })
      const page: BoardCases = await this.counter.get<BoardCases>(`/api/board/cases?${query.toString()}`)
      items.push(...page.items)
      cursor = page.nextCursor
    }
    return items
  }

  /** The same cases as a file for Excel. */
  async takesOut(cell: BoardCellAsked, purpose: string): Promise<Buffer> {
    return this.counter.getBytes(`/api/board/export?${new URLSearchParams({ ...cell, purpose }).toString()}`)
  }
}

/** A cell of the board by its row, its column and how the cases in it stand. */
export type BoardCellAsked = { placeId?: string; stage?: Stage; status?: DueStanding }

/** Keeps the training deployment; moves its clock. 系统管理员 */
export class Administrator extends Officer {
  async movesClock(move: { targetAt: string } | { workingDays: number } | { days: number }): Promise<void> {
    await this.counter.post('/api/training/clock-moves', move)
  }

  /** Enters a notice, or a place's own days; resolves once every running limit has been counted by it. */
  async entersNotice(notice: object): Promise<void> {
    const { redatingId } = await this.counter.post<{ redatingId: string }>('/api/calendar-years', notice)
    for (;;) {
      const { redatings } = await this.reads<z.output<typeof Redatings>>('/api/calendar-redatings')
      if (redatings.some((one) => one.redatingId === redatingId && one.finishedAt !== null)) return
      await pause(200)
    }
  }
}

/** Reads everything of an area and changes nothing. 审计 */
export class Auditor extends Officer {
  /** Has the heads of all registers sealed now, before the day's own seal. */
  async takesASeal(): Promise<void> {
    await this.counter.post('/api/audit/seals', {})
  }
}
