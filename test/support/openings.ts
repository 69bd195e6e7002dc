import type { Opening } from '../../activities/filing/open-many.ts'
import type { PlainDate } from '../../domain/time/plain-date.ts'

/** Applications as a register would open them: many at once, nobody acting. */
export function openingsOn(
  occurredOn: PlainDate,
  prefix: string,
  count: number,
  more: Partial<Opening> = {},
): Opening[] {
  return Array.from({ length: count }, (_, index) => {
    const matterId = `${prefix}-${index}`
    const persons = { memberPersonIds: [], applicantPersonId: matterId, accountId: matterId }
    return {
      matterId,
      kind: 'ASSISTANCE_CASE',
      number: matterId,
      title: '某某',
      placeId: 'qingyang-xifeng-beijie-beijie',
      countyId: 'qingyang-xifeng',
      programme: 'DIBAO',
      residenceKind: 'URBAN',
      memberCount: 1,
      fact: { type: 'APPLICATION_SUBMITTED', data: persons },
      occurredOn,
      cause: { kind: 'PROCEDURE', id: prefix },
      dormant: true,
      ...more,
    }
  })
}
