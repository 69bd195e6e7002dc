import type { Level } from '../../../domain/vocabulary.ts'
import { dayOf } from '../../../domain/time/plain-date.ts'
import type { FieldCipher } from '../../../platform/field-cipher.ts'
import { stableId } from '../../../platform/stable-id.ts'
import type { Prisma } from '../../generated/client.ts'
import { readClock } from '../system/clock.ts'
import { identityIndex } from '../household/persons.ts'
import { rowOfDay } from '../system/rows.ts'
import { auditStaff, lockRegisters, staffRegistersOf } from './staff-register.ts'

type Tx = Prisma.TransactionClient

/** Where a deployment begins: its uppermost place, the bureau that keeps the system, and who administers it. */
export type Beginning = {
  place: { id: string; name: string; divisionCode: string; level: Extract<Level, 'CITY' | 'COUNTY'> }
  bureau: string
  administrators: readonly { staffNumber: string; name: string; identityNumber: string; passwordHash: string }[]
}

/** The deployment has administrators already, or the number of one is taken: the message says what to do. */
export class BeginningRefused extends Error {
  override readonly name = 'BeginningRefused'
}

/**
 * Makes the place, its bureau, the post and the accounts of the first administrators, all or nothing; everybody after them is
 * appointed by two of them. Each account has a first password that must be changed. @throws BeginningRefused
 */
export async function makeFirstAdministrators(tx: Tx, cipher: FieldCipher, beginning: Beginning): Promise<void> {
  if ((await tx.postHolding.count({ where: { post: { role: 'ADMINISTRATOR' }, effectiveTo: null } })) > 0)
    throw new BeginningRefused(
      '已有管理员，不能再次建立 There are administrators: two of them appoint others (docs/operations.md)',
    )
  const now = await readClock(tx)
  const today = rowOfDay(dayOf(now))
  const { place, bureau, administrators } = beginning
  await makePlaces(tx, place, today)
  const officeId = `${place.id}-minzheng`
  const postId = `${officeId}.administrator`
  const office = {
    id: officeId,
    kind: 'CIVIL_AFFAIRS_BUREAU',
    level: place.level,
    name: bureau,
    placeId: place.id,
  } as const
  await tx.office.createMany({ data: [office], skipDuplicates: true })
  const jurisdiction = { id: stableId('JURISDICTION', officeId, place.id), officeId, placeId: place.id }
  await tx.jurisdiction.createMany({ data: [{ ...jurisdiction, effectiveFrom: today }], skipDuplicates: true })
  const post = { id: postId, officeId, role: 'ADMINISTRATOR', title: '系统管理员' } as const
  await tx.post.createMany({ data: [post], skipDuplicates: true })
  await lockRegisters(tx, (await staffRegistersOf(tx, [officeId])).values())
  for (const { staffNumber, name, identityNumber, passwordHash } of administrators) {
    const officerId = stableId('OFFICER', staffNumber)
    const index = identityIndex({ cipher }, identityNumber)
    const [made] = await tx.$queryRaw<{ made: boolean }[]>`
      SELECT create_officer(${officerId}, ${staffNumber}, ${name}, ${index}, ${passwordHash}) AS made`
    if (made?.made !== true)
      throw new BeginningRefused(`工号已被使用 The staff number ${staffNumber} is taken: give another`)
    await tx.postHolding.create({ data: { postId, officerId, effectiveFrom: today } })
    const entries = [
      { officeId, action: 'NEW_OFFICER', subject: officerId, detail: { staffNumber } },
      { officeId, action: 'GIVE_POST', subject: postId, detail: { post: postId, officer: officerId } },
    ]
    await auditStaff(tx, entries, { by: null, at: now })
  }
}

async function makePlaces(tx: Tx, { id, name, divisionCode, level }: Beginning['place'], today: Date): Promise<void> {
  await tx.place.createMany({ data: [{ id: 'CN', level: 'NATION' }], skipDuplicates: true })
  const countyId = level === 'COUNTY' ? id : null
  await tx.place.createMany({ data: [{ id, parentId: 'CN', level, countyId }], skipDuplicates: true })
  await tx.placeName.createMany({
    data: [
      {
        id: stableId('PLACE_NAME', 'CN'),
        placeId: 'CN',
        name: '中华人民共和国',
        divisionCode: '000000',
        effectiveFrom: today,
      },
      { id: stableId('PLACE_NAME', id), placeId: id, name, divisionCode, effectiveFrom: today },
    ],
    skipDuplicates: true,
  })
}
