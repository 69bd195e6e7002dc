import { addMs, type Instant } from '../../domain/time/plain-date.ts'

const shanghaiOffsetMs = 8 * 3_600_000

/** A moment as people in Asia/Shanghai read it: `2026-07-01 09:30`. */
export function localTime(at: Instant): string {
  return addMs(at, shanghaiOffsetMs).slice(0, 16).replace('T', ' ')
}
