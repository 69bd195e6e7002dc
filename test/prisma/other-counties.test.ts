import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ActingOfficer } from '../../domain/matter/circumstances.ts'
import { loadConfig } from '../../platform/config.ts'
import { createFieldCipher } from '../../platform/field-cipher.ts'
import { plainDate } from '../../domain/time/plain-date.ts'
import { parseKeyRing } from '../../platform/key-ring.ts'
import type { Archive } from '../../prisma/client.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { writeDraft } from '../../prisma/stores/matter/new-cases.ts'
import { findInOtherCounty } from '../../prisma/stores/household/other-counties.ts'
import { personIdFor } from '../../prisma/stores/household/persons.ts'
import { seed } from '../../prisma/seed/seed.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { anIdentityNumber } from '../support/numbers.ts'
import { openOwnerArchive } from '../support/owner-archive.ts'

const config = loadConfig({})
const officer = { officerId: 'somebody', officeId: 'cc-haodong', role: 'VILLAGE_CLERK' } as ActingOfficer
const identityNumber = anIdentityNumber({ seed: 'two-counties', bornFrom: 1960, bornUntil: 2000, sex: 'FEMALE' })
let database: TestDatabase
let archive: Archive

beforeAll(async () => {
  database = await createTestDatabase()
  await seed(database.url, config)
  archive = openOwnerArchive(database.url, config)
})

afterAll(async () => {
  await archive?.close()
  await database?.drop()
})

/** A case with one person, written down with the keys of the archive that is given. */
async function aCaseIn(countyId: string, { db, cipher }: Archive) {
  const now = await readClock(db)
  const matterId = randomUUID()
  const personId = await personIdFor({ db, cipher }, { countyId, identityNumber, now })
  const persons = [{ personId, relation: 'APPLICANT', counts: true }] as const
  const place = { countyId, placeId: countyId, residenceKind: 'URBAN', title: '甲' } as const
  const kind = { programme: 'DIBAO', procedureVersion: 'DIBAO-2021', matterNumber: matterId } as const
  await writeDraft(db, { matterId, ...kind, ...place, persons, now })
  return { id: matterId, programme: 'DIBAO' as const, personId }
}

describe('a person of two counties', () => {
  it('is found by the number under whichever key it was written down, and the question is on record', async () => {
    const there = await aCaseIn('qingyang-xifeng', archive)
    await archive.db.matterPerson.updateMany({ where: { matterId: there.id }, data: { open: true } })
    const next = parseKeyRing(`next:${randomBytes(32).toString('base64')}`).current
    const blindIndex = { current: next, all: [next, ...config.keys.blindIndex.all] }
    const rotated = { ...archive, cipher: createFieldCipher({ ...config.keys, blindIndex }) }

    const here = await aCaseIn('nantong-chongchuan', rotated)
    const asked = { officer, counted: [here.personId], on: plainDate('2026-07-01') }
    const found = { code: 'memberInCaseOfOtherCounty', detail: { office: '西峰区民政局' } }
    expect(await findInOtherCounty(rotated, here, asked)).toEqual(found)
    const looks = await archive.db.readRecord.findMany({ where: { kind: 'ASK_OTHER_COUNTIES' } })
    expect(looks).toMatchObject([{ officerId: 'somebody', matterId: here.id, subject: 'OPEN_CASE' }])

    // No document excluded it then.
    expect(await findInOtherCounty(rotated, here, { ...asked, on: plainDate('2021-06-30') })).toBeNull()

    await archive.db.matterPerson.updateMany({ where: { matterId: there.id }, data: { open: false } })
    expect(await findInOtherCounty(rotated, here, asked)).toBeNull()
    expect(await archive.db.readRecord.count({ where: { kind: 'ASK_OTHER_COUNTIES' } })).toBe(3)
  })
})
