import { birthDateOf, readDocumentNumber } from '../../domain/household/identity-number.ts'
import { dayOf, inChinese, type PlainDate, yearOf } from '../../domain/time/plain-date.ts'
import { isCalendarYearKnown } from '../../domain/time/statutory-holidays.ts'
import type { Archive } from '../../prisma/client.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { readPlaces } from '../../prisma/stores/staff/places.ts'
import { firstDayOfRules } from '../../prisma/stores/rules/reference-data.ts'
import { placesInScope } from '../../prisma/stores/matter/scope.ts'
import type { Fault } from '../http/nouns.ts'
import type { Asker } from '../http/identity.ts'

/**
 * What only the archive can say about an application: whether its place is a village of the asker's, and what today is.
 * A place of somebody else's is answered like one that is not there. The form may be wrong in any other way.
 */
export async function faultsOfIntake(
  archive: Archive,
  asker: Asker,
  { intake, appliedOn }: { intake: unknown; appliedOn: PlainDate | undefined },
): Promise<Fault[]> {
  const { placeId, members, consents } = (intake ?? {}) as Record<string, unknown>
  const today = dayOf(await readClock(archive.db))
  return [
    ...(typeof placeId === 'string' && placeId !== '' ? await faultsOfPlace(archive, asker, placeId, today) : []),
    ...(Array.isArray(members) ? members.flatMap((member, index) => birthdayToCome(member, index, today)) : []),
    ...signedTooSoon(consents, today),
    ...outsideEveryCalendar(appliedOn),
    ...(await beforeEveryRule(archive, appliedOn)),
  ]
}

async function faultsOfPlace(archive: Archive, asker: Asker, placeId: string, today: PlainDate): Promise<Fault[]> {
  const area = await placesInScope(archive.db, asker.officeId, today)
  const [place] = area.includes(placeId) ? await readPlaces(archive.db, [placeId], today) : []
  return place?.level === 'VILLAGE' ? [] : [{ path: ['placeId'], message: '没有找到该村（社区）。' }]
}

function birthdayToCome(member: unknown, index: number, today: PlainDate): Fault[] {
  const { identityNumber, birthDate } = (member ?? {}) as { identityNumber?: unknown; birthDate?: unknown }
  const read = typeof identityNumber === 'string' ? readDocumentNumber(identityNumber) : null
  if (read === null || 'fault' in read) return []
  const told = birthDateOf(read.number)
  if (told !== null && told > today)
    return [{ path: ['members', index, 'identityNumber'], message: '身份证号码中的出生日期晚于今天。' }]
  if (told === null && typeof birthDate === 'string' && birthDate > today)
    return [{ path: ['members', index, 'birthDate'], message: '出生日期晚于今天。' }]
  return []
}

/** From the day of application limits are counted, and in a year without a calendar nothing can be. */
function outsideEveryCalendar(appliedOn: PlainDate | undefined): Fault[] {
  if (appliedOn === undefined || isCalendarYearKnown(yearOf(appliedOn))) return []
  return [{ path: ['appliedOn'], message: '申请日期所在年份没有放假安排，无法计算时限，请核对。' }]
}

/** No act can be judged by rules of a day for which the archive has none. */
async function beforeEveryRule(archive: Archive, appliedOn: PlainDate | undefined): Promise<Fault[]> {
  if (appliedOn === undefined || !isCalendarYearKnown(yearOf(appliedOn))) return []
  const firstDay = await firstDayOfRules(archive.db)
  if (firstDay === null || appliedOn >= firstDay) return []
  const message = `系统内的办理规定自${inChinese(firstDay)}起施行，不能录入此前的申请，请核对申请日期。`
  return [{ path: ['appliedOn'], message }]
}

function signedTooSoon(consents: unknown, today: PlainDate): Fault[] {
  const { signedOn } = (consents ?? {}) as { signedOn?: unknown }
  const late = typeof signedOn === 'string' && signedOn > today
  return late ? [{ path: ['consents', 'signedOn'], message: '签署日期不能晚于今天。' }] : []
}
