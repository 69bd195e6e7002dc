import { isSameName } from '../../domain/household/comparable-name.ts'
import { documentKindOf } from '../../domain/household/identity-number.ts'
import { stableId } from '../../platform/stable-id.ts'
import { type ApplicationPaper, readApplication } from '../../prisma/stores/household/applications.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { addIdentity, findPersonId } from '../../prisma/stores/household/persons.ts'
import type { CaseReading } from '../../prisma/stores/matter/case-reading.ts'
import type { ApplicationIntake } from './act-contract.ts'
import type { Fault } from '../http/nouns.ts'
import { fault, inputFault } from '../http/problem.ts'
import type { Desk, Draft, IntakeOf, WrittenAct } from '../matters/written-act.ts'

/** A mended application replaces the one before it whole; without one, only a remark says what was done. */
export async function writeResubmission(
  { application, remark }: IntakeOf<'RESUBMIT'>,
  { reading, asker, requestId, occurredOn }: Desk,
): Promise<WrittenAct<'RESUBMIT'>> {
  const remarks: Draft[] = remark === undefined ? [] : [{ kind: 'REASON', body: { text: remark } }]
  if (application === undefined) {
    const { accountId } = reading.state
    if (accountId === null) throw fault('accountMissing')
    return { details: { accountId }, drafts: remarks, citedPaperIds: [] }
  }
  const personIds = await samePersons(application, reading)
  const accountId = stableId(asker.officerId, requestId, 'ACCOUNT')
  const paper: ApplicationPaper = { intake: application, personIds, handedInOn: occurredOn }
  return {
    details: { accountId },
    drafts: [{ kind: 'APPLICATION', body: paper }, ...remarks],
    citedPaperIds: [],
    account: { accountId, ...application.bankAccount },
  }
}

/** The household of a case stays the same persons: others are another application. */
async function samePersons({ placeId, members }: ApplicationIntake, reading: CaseReading): Promise<string[]> {
  const { db, cipher, row, state } = reading
  const faults: Fault[] = []
  const numbered: { personId: string; identityNumber: string }[] = []
  if (placeId !== row.placeId)
    faults.push({ path: ['application', 'placeId'], message: '补正不能更换所属村（社区）。' })
  const personIds: string[] = []
  for (const [index, member] of members.entries()) {
    const { identityNumber } = member
    const known = await findPersonId({ db, cipher }, { countyId: row.countyId, identityNumber })
    const personId = known ?? (await newbornWithNumber(reading, member))
    if (personId !== null && state.memberPersonIds.includes(personId)) {
      personIds.push(personId)
      if (known === null) numbered.push({ personId, identityNumber })
    } else {
      const path = ['application', 'members', index, 'identityNumber']
      faults.push({ path, message: '补正不能增加或者更换家庭成员，请另行申请。' })
    }
  }
  if (members.length < state.memberPersonIds.length) {
    faults.push({ path: ['application', 'members'], message: '补正不能减少家庭成员，请另行申请。' })
  }
  if (faults.length > 0) throw inputFault(faults)
  const now = await readClock(db)
  for (const one of numbered) await addIdentity({ db, cipher }, { ...one, countyId: row.countyId, now })
  return personIds
}

/** The member who was known by a birth certificate until now, by name and day of birth; null where there is none. */
async function newbornWithNumber(
  reading: CaseReading,
  { name, birthDate, identityNumber }: ApplicationIntake['members'][number],
): Promise<string | null> {
  if (documentKindOf(identityNumber) === 'BIRTH_CERTIFICATE') return null
  const { intake, personIds } = await readApplication(reading, reading.row.id, reading.events)
  const index = intake.members.findIndex(
    (member) =>
      documentKindOf(member.identityNumber) === 'BIRTH_CERTIFICATE' &&
      isSameName(member.name, name) &&
      member.birthDate === birthDate,
  )
  return personIds[index] ?? null
}
