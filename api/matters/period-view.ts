import { periodLabel, reportingKindLabels, type ReportingPeriod } from '../../domain/supervision/reporting-period.ts'

/** A period as people read it. */
export function periodView(period: ReportingPeriod) {
  const { text, kind, firstDay, lastDay } = period
  return {
    period: text,
    periodLabel: periodLabel(period),
    kind,
    kindLabel: reportingKindLabels[kind],
    firstDay,
    lastDay,
  }
}
