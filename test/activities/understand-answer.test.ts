import { describe, expect, it } from 'vitest'
import { understandAnswer } from '../../activities/procedures/assistance-case/understand-answer.ts'
import { blankCase } from '../../domain/procedures/assistance-case/state.ts'
import { instant, plainDate } from '../../domain/time/plain-date.ts'
import { MatchingCallback } from '../../platform/callbacks/matching-callback.ts'
import type { LockedCase } from '../../prisma/stores/matter/locked-matter.ts'

const requestId = 'request-1'
const now = instant('2026-11-26T08:00:00.000Z')
const time = { from: instant('2026-11-20T00:00:00.000Z'), through: now }

/** A case whose tax register has answered already, at a moment. */
function matterAnswered(answeredAt: string): LockedCase {
  const word = { source: 'TAX' as const, answer: 'NONE_FOUND' as const, answeredAt: instant(answeredAt), factIds: [] }
  const state = {
    ...blankCase,
    memberPersonIds: ['p1'],
    lastActOn: plainDate('2026-11-20'),
    matching: { matchingRequestId: requestId, answers: [word] },
  }
  return { state, today: plainDate('2026-11-26'), events: [] } as unknown as LockedCase
}

const later = MatchingCallback.parse({
  callbackId: 'later',
  requestId,
  source: 'TAX',
  answer: 'NONE_FOUND',
  items: [],
  answeredAt: '2026-11-25T08:00:00.000Z',
  validUntil: '2027-01-01',
})
const understood = (before: string) => understandAnswer(matterAnswered(before), later, { body: {}, time }).as

describe('a later word of a register', () => {
  it('holds, and one that was said before is no news', () => {
    expect(understood('2026-11-24T08:00:00.000Z')).toBe('ENTERED')
    expect(understood('2026-11-25T09:00:00.000Z')).toBe('KNOWN')
  })

  it('is not kept out by an earlier one that was dated in a time to come', () => {
    expect(understood('2099-01-01T00:00:00.000Z')).toBe('ENTERED')
  })
})
