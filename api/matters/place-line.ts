import { limitLabels } from '../../domain/matter/limit-keys.ts'
import {
  besideFigureKeys,
  besideFigures,
  figureOf,
  onTimeRate,
  type PlaceCounts,
  ratedLimits,
  rungFigures,
} from '../../domain/supervision/bulletin.ts'
import { supervisionRungs } from '../../domain/vocabulary.ts'
import type { PlaceLine } from '../oversight/bulletin-contract.ts'

/** The figures of a place, every limit and every figure beside it told, with nothing left out because it is zero. */
export function placeLine({ counts }: PlaceCounts, place: { placeId: string; name: string }): PlaceLine {
  return {
    ...place,
    limits: ratedLimits.map((limit) => ({
      limit,
      label: limitLabels[limit],
      due: figureOf(counts, 'DUE', limit),
      inTime: figureOf(counts, 'IN_TIME', limit),
      enteredLate: figureOf(counts, 'ENTERED_LATE', limit),
      doneLate: figureOf(counts, 'DONE_LATE', limit),
      stillOpen: figureOf(counts, 'STILL_OPEN', limit),
      lateByOffice: figureOf(counts, 'LATE_BY_OFFICE', limit),
      lateByOthers: figureOf(counts, 'LATE_BY_OTHERS', limit),
      onTimeRate: onTimeRate(counts, limit),
    })),
    beside: besideFigureKeys.map((figure) => ({
      figure,
      label: besideFigures[figure].label,
      count: figureOf(counts, figure),
    })),
    rungs: supervisionRungs.map((rung) => ({
      rung,
      label: rungFigures[rung].label,
      count: figureOf(counts, rung),
    })),
  }
}
