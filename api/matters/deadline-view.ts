import { deadlineStateLabels } from '../../domain/labels.ts'
import { limitLabels } from '../../domain/matter/limit-keys.ts'
import { chargedDays } from '../../domain/time/charged-days.ts'
import { inChinese, type PlainDate } from '../../domain/time/plain-date.ts'
import type { WorkCalendar } from '../../domain/time/work-calendar.ts'
import type { findDeadline } from '../../prisma/stores/matter/case-status.ts'
import type { KeptMove } from '../../prisma/stores/matter/deadline-moves.ts'

/** A due date as it stands in the archive. */
export type KeptDeadline = NonNullable<Awaited<ReturnType<typeof findDeadline>>>

/** A due date with its names and its moves, of all those of its case; how it is counted is shown day by day elsewhere. */
export function deadlineView(
  kept: KeptDeadline,
  { moves: movesOfCase, today, calendar }: { moves: readonly KeptMove[]; today: PlainDate; calendar: WorkCalendar },
) {
  const { kind, amount: _, calendarVersion: __, waits, stoppedOn, ...deadline } = kept
  const moves = movesOfCase
    .filter(({ limit, run }) => limit === kept.limit && run === kept.run)
    .map((move) => ({ ...move, sentence: sentenceOf(move) }))
  return {
    ...deadline,
    label: limitLabels[deadline.limit],
    stateLabel: deadlineStateLabels[deadline.state],
    chargedDays: chargedDays({ from: deadline.startedOn, through: stoppedOn ?? today, kind, waits, calendar }),
    moves,
  }
}

function sentenceOf({ reason, fromDueOn, toDueOn }: KeptMove): string {
  return `根据${reason}，到期日由${inChinese(fromDueOn)}调整为${inChinese(toDueOn)}。`
}
