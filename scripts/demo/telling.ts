import { limitLabels } from '../../domain/matter/limit-keys.ts'
import { inChinese, plainDate } from '../../domain/time/plain-date.ts'
import type { CaseView } from '../../api/assistance-cases/case-contract.ts'
import type { World } from '../../test/support/world.ts'

/** Where the story goes: the screen in the demonstration, nowhere in the test. */
export type Narrator = { say(line: string): void }

/** Tells the story as it happens, each line with the day on which it happens. */
export type Telling = {
  chapter(title: string): void
  /** What happened, on the clock's day. */
  tell(line: string): Promise<void>
  /** Lines of a paper or a list, indented. */
  show(lines: readonly string[]): void
}

export function createTelling(world: World, narrator: Narrator): Telling {
  return {
    chapter: (title) => narrator.say(`\n${title}\n`),
    tell: async (line) => narrator.say(`  ${inChinese(plainDate(await world.today()))}　${line}`),
    show: (lines) => {
      for (const line of lines) narrator.say(`      ${line}`)
    },
  }
}

/** The limits that run in a case; a day that a holiday notice still to come may move is flagged. */
export function runningLimits({ deadlines }: CaseView): string[] {
  return deadlines
    .filter(({ state }) => state === 'OPEN')
    .map((deadline) => `${limitLabels[deadline.limit]}：${dueDay(deadline)}`)
}

export function dueDay({ dueOn, provisional }: { dueOn: string; provisional: boolean }): string {
  return `至${inChinese(plainDate(dueOn))}止${provisional ? '（暂定，节假日安排公布后可能调整）' : ''}`
}
