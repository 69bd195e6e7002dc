import type { Parameter } from '../../domain/policy/parameters.ts'
import { plainDate } from '../../domain/time/plain-date.ts'

/**
 * Rules of the training copy's own: an invented document of one of its townships, so that a lawful pause can be tried out.
 * No real place is known to have it, and production does not get it.
 */
export const trainingParameters: Parameter[] = [
  {
    place: 'qingyang-xifeng-dongzhi',
    programme: 'DIBAO',
    key: 'pause.rules',
    value: [{ waitsFor: 'HOUSEHOLD', limits: ['TOWNSHIP_OPINION', 'TOTAL'] }],
    effectiveFrom: plainDate('2021-07-01'),
    source: '训练用虚构文件：董志镇最低生活保障办理规程第六条',
    assumed: false,
    datePickedBy: 'ACCEPTANCE',
  },
]
