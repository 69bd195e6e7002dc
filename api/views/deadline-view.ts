import { deadlineStateLabels } from '../../domain/labels.ts'
import { limitLabels } from '../../domain/policy/step-limits.ts'
import type { findDeadline } from '../../prisma/stores/case-standing.ts'

/** A due date as it stands in the archive. */
export type KeptDeadline = NonNullable<Awaited<ReturnType<typeof findDeadline>>>

/** A due date with its names; how it is counted is shown day by day elsewhere. */
export function deadlineView(kept: KeptDeadline) {
  const { kind: _, amount: __, ...deadline } = kept
  return { ...deadline, label: limitLabels[deadline.limit], stateLabel: deadlineStateLabels[deadline.state] }
}
