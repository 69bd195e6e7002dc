import { deadlineStateLabels } from '../../domain/labels.ts'
import { limitLabels } from '../../domain/policy/step-limits.ts'
import { inChinese } from '../../domain/time/plain-date.ts'
import type { findDeadline } from '../../prisma/stores/case-standing.ts'
import type { KeptMove } from '../../prisma/stores/deadline-moves.ts'

/** A due date as it stands in the archive. */
export type KeptDeadline = NonNullable<Awaited<ReturnType<typeof findDeadline>>>

/** A due date with its names and its moves, of all those of its case; how it is counted is shown day by day elsewhere. */
export function deadlineView(kept: KeptDeadline, movesOfCase: readonly KeptMove[]) {
  const { kind: _, amount: __, calendarVersion: ___, ...deadline } = kept
  const moves = movesOfCase
    .filter(({ limit, run }) => limit === kept.limit && run === kept.run)
    .map((move) => ({ ...move, sentence: sentenceOf(move) }))
  return { ...deadline, label: limitLabels[deadline.limit], stateLabel: deadlineStateLabels[deadline.state], moves }
}

function sentenceOf({ reason, fromDueOn, toDueOn }: KeptMove): string {
  return `根据${reason}，到期日由${inChinese(fromDueOn)}调整为${inChinese(toDueOn)}。`
}
