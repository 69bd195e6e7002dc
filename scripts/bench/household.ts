import { stableId } from '../../platform/stable-id.ts'
import type { Archive } from '../../prisma/client.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { writeDraft } from '../../prisma/stores/matter/new-cases.ts'
import { keepPayeeAccount } from '../../prisma/stores/money/payee-accounts.ts'
import { personIdFor } from '../../prisma/stores/household/persons.ts'
import { dayOf } from '../../domain/time/plain-date.ts'
import { villages } from '../../prisma/seed/places.ts'
import type { BenchCase } from './bench-case.ts'

export const countyId = 'qingyang-xifeng'
export const placeId = villages.beijie

const holderName = '某某'
let made = 0

/** Households at the counter, their drafts written: what is there before the first act is not measured. */
export async function seedHouseholds(archive: Archive, count: number): Promise<BenchCase[]> {
  const cases: BenchCase[] = []
  for (let index = 0; index < count; index += 1) cases.push(await seedHousehold(archive))
  return cases
}

async function seedHousehold(archive: Archive): Promise<BenchCase> {
  made += 1
  const matterId = stableId('bench', made)
  const now = await readClock(archive.db)
  const personId = await personIdFor(archive, { countyId, identityNumber: identityNumberOf(made), now })
  const accountId = stableId(matterId, 'ACCOUNT')
  const account = {
    accountId,
    matterId,
    countyId,
    holderName,
    bankName: '农商行',
    accountNumber: '6222020000000000005',
  }
  await keepPayeeAccount(archive, { ...account, now })
  await writeDraft(archive.db, {
    matterId,
    matterNumber: `BENCH${made}`,
    programme: 'DIBAO',
    procedureVersion: 'DIBAO-2021',
    placeId,
    countyId,
    residenceKind: 'URBAN',
    title: holderName,
    persons: [
      {
        personId,
        relation: 'APPLICANT',
        counts: true,
      },
    ],
    now,
  })
  return { matterId, personId, accountId, version: 0, assessmentId: null, paperIds: [] }
}

/** What the papers of a household say. Fictitious, and of a usual length. */
export function paperBody(kind: string, { personId }: BenchCase, now: Parameters<typeof dayOf>[0]): string {
  if (kind === 'APPLICATION') {
    const member = {
      name: holderName,
      relation: 'APPLICANT',
      birthDate: '1980-01-01',
      hukouPlaceCode: '621002',
      residesInHousehold: true,
      workCapable: false,
      property: [],
      hardships: [],
      income: [
        {
          kind: 'WAGE',
          monthlyFen: 200_000,
        },
      ],
    }
    return JSON.stringify({ intake: { members: [member] }, personIds: [personId], handedInOn: dayOf(now) })
  }
  if (kind === 'SURVEY_SHEET') return JSON.stringify({ surveyed: [] })
  return '经入户调查和信息核对，该家庭人均收入高于当地最低生活保障标准，不符合条件。'
}

function identityNumberOf(number: number): string {
  return `62100219800101${String(number).padStart(4, '0')}`
}
