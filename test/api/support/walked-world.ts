import { randomUUID } from 'node:crypto'
import type { Role } from '../../../domain/vocabulary.ts'
import { stableId } from '../../../platform/stable-id.ts'
import { people, postId, type SeedPerson } from '../../../prisma/seed/people.ts'
import { identityIndex } from '../../../prisma/stores/household/persons.ts'
import { aHousehold, type Household } from '../../support/household.ts'
import { aFile } from '../../support/tiny-files.ts'
import { type CounterRoom, readCookie } from './counter-room.ts'

/** How a case stands to whoever asks: theirs by place; nobody's; or theirs by place and to keep away from. */
export const relations = ['own', 'other', 'former', 'kin', 'self', 'none'] as const
export type Relation = (typeof relations)[number]

/** One case with what hangs on it. */
export type WalkedCase = {
  matterId: string
  matterNumber: string
  name: string
  paperId: string
  itemId: string
  setAsideId: string
}

/** One person for each role, each at home in Xifeng or the city above it. */
export const walkers = {
  VILLAGE_CLERK: people.xifeng.beijie.clerks[0]!,
  TOWNSHIP_HANDLER: people.xifeng.beijie.handlers[0]!,
  TOWNSHIP_LEADER: people.xifeng.beijie.leaders[0]!,
  COUNTY_HANDLER: people.xifeng.handlers[0]!,
  COUNTY_APPROVER: people.xifeng.approvers[0]!,
  FINANCE_OFFICER: people.xifeng.financeOfficers[0]!,
  COUNTY_SUPERVISOR: people.xifeng.supervisors[0]!,
  CITY_SUPERVISOR: people.qingyang.supervisors[0]!,
  AUDITOR: people.qingyang.auditors[0]!,
  ADMINISTRATOR: people.qingyang.administrators[0]!,
} as const satisfies Record<Role, SeedPerson>

/** The same desks in another county, and in another township of this one. */
export const strangers: readonly SeedPerson[] = [
  people.chongchuan.haobin.clerks[0]!,
  people.chongchuan.haobin.handlers[0]!,
  people.chongchuan.haobin.leaders[0]!,
  people.chongchuan.handlers[0]!,
  people.chongchuan.approvers[0]!,
  people.chongchuan.financeOfficers[0]!,
  people.chongchuan.supervisors[0]!,
  people.nantong.supervisors[0]!,
  people.nantong.auditors[0]!,
  people.xifeng.dongzhi.clerks[0]!,
  people.xifeng.dongzhi.handlers[0]!,
  people.xifeng.dongzhi.leaders[0]!,
]

const townshipRoles: readonly Role[] = ['VILLAGE_CLERK', 'TOWNSHIP_HANDLER', 'TOWNSHIP_LEADER']
const [beijie, cuigou, beimen] = [
  'qingyang-xifeng-beijie-beijie',
  'qingyang-xifeng-dongzhi-cuigou',
  'qingyang-xifeng-dongzhi-beimen',
]
const [haodong, weitang] = ['nantong-chongchuan-haobin-haodong', 'nantong-chongchuan-jiangpan-weitang']
const { chongchuan, xifeng } = people
const longAgo = new Date('2021-01-01')

/** What the walk finds: cases in every relation to everybody, and staff of another county. */
export type WalkedWorld = {
  caseOf(role: Role, relation: Relation): WalkedCase
  /** A case of the area that is not to be paid yet, which finance does not see. */
  unpaid: WalkedCase
  foreign: {
    postId: string
    officerId: string
    absenceId: string
    standingDeputyId: string
    proposalId: string
    handOverId: string
    placeId: string
  }
  /** An application as it is handed in at a place. */
  applicationAt(placeId: string): object
  /** Sessions of people who are there no longer. */
  gone: { name: string; cookie: string }[]
}

export async function plantWalkedWorld(room: CounterRoom): Promise<WalkedWorld> {
  const { db } = room.owner
  const everyone = Object.values(walkers)
  const { today } = await room.world.auditor.readsClock()
  let households = 0
  const household = () => aHousehold(`walk/${(households += 1)}`)
  const applies = (clerk: SeedPerson, placeId: string, named: Household) =>
    apply(room, { clerk, placeId, named, today })

  const cases = {
    own: await applies(walkers.VILLAGE_CLERK, beijie, household().headedBy('欧阳本案')),
    kin: await applies(walkers.VILLAGE_CLERK, beijie, household().headedBy('欧阳亲属')),
    self: await applies(walkers.VILLAGE_CLERK, beijie, household().headedBy('欧阳本人').of(everyone.length)),
    otherTownship: await applies(xifeng.dongzhi.clerks[0]!, cuigou, household().headedBy('司马别处')),
    formerTownship: await applies(xifeng.dongzhi.clerks[1]!, beimen, household().headedBy('司马以前')),
    otherCounty: await applies(chongchuan.haobin.clerks[0]!, haodong, household().headedBy('司马外县')),
    formerCounty: await applies(chongchuan.jiangpan.clerks[0]!, weitang, household().headedBy('司马旧县')),
  }
  const unpaid = await applies(walkers.VILLAGE_CLERK, beijie, household().headedBy('诸葛未付'))
  const all = Object.values(cases)
  // Read as cases that are to be paid, so that finance has them, too; what may be done in them their log says.
  await db.matter.updateMany({
    where: { id: { in: all.map(({ matterId }) => matterId) } },
    data: { stage: 'FIRST_PAYMENT', forFinance: true },
  })

  const indexOf = (identityNumber: string) => identityIndex(room.archive, identityNumber)
  for (const [index, { id }] of everyone.entries()) {
    await db.officer.update({
      where: { id },
      data: { identityIndex: indexOf(cases.self.household.members[index]!.identityNumber) },
    })
    const kin = indexOf(cases.kin.household.applicant.identityNumber)
    await db.officerRelative.create({
      data: { officerId: id, identityIndex: kin, relation: '姐妹', effectiveFrom: longAgo },
    })
    // Once a relative by marriage, and no longer: no reason to keep away.
    const exKin = indexOf(cases.own.household.applicant.identityNumber)
    await db.officerRelative.create({
      data: {
        officerId: id,
        identityIndex: exKin,
        relation: '妻兄',
        effectiveFrom: longAgo,
        effectiveTo: new Date('2024-01-01'),
      },
    })
  }
  for (const { role, office } of everyone) {
    const placeId = townshipRoles.includes(role) ? beimen : weitang
    const effectiveTo = new Date('2025-12-31')
    await db.jurisdiction.create({ data: { officeId: office, placeId, effectiveFrom: longAgo, effectiveTo } })
  }
  await addressItems(room, [...all, unpaid], everyone)
  await setAsideIn(room, [...all, unpaid])

  const none = {
    matterId: 'f'.repeat(32),
    matterNumber: 'none',
    name: 'none',
    paperId: 'e'.repeat(32),
    itemId: 'none',
    setAsideId: 'none',
  }
  return {
    caseOf: (role, relation) => {
      if (relation === 'none') return none
      const inTownship = townshipRoles.includes(role)
      if (relation === 'other') return inTownship ? cases.otherTownship : cases.otherCounty
      if (relation === 'former') return inTownship ? cases.formerTownship : cases.formerCounty
      return cases[relation]
    },
    unpaid,
    foreign: await plantForeign(room),
    applicationAt: (placeId) => household().applicationAt({ placeId, divisionCode: '621002001001', signedOn: today }),
    gone: await plantGone(room),
  }
}

type Applying = { clerk: SeedPerson; placeId: string; named: Household; today: string }

async function apply(
  room: CounterRoom,
  { clerk, placeId, named, today }: Applying,
): Promise<WalkedCase & { household: Household }> {
  const body = named.applicationAt({ placeId, divisionCode: '621002001001', signedOn: today })
  const filed = await room.send('POST', '/api/assistance-cases', { as: clerk, body })
  if (filed.status !== 201) throw new Error(await filed.text())
  const { matterId, matterNumber } = (await filed.json()) as { matterId: string; matterNumber: string }
  const png = aFile('image/png', 'picture')
  const kept = await room.send('POST', `/api/matters/${matterId}/papers`, {
    as: clerk,
    raw: png,
    headers: { 'content-type': 'image/png' },
  })
  const { paperId } = (await kept.json()) as { paperId: string }
  return {
    matterId,
    matterNumber,
    paperId,
    itemId: `item-${matterId}`,
    setAsideId: stableId('aside', matterId),
    name: named.applicant.name,
    household: named,
  }
}

/** An urging in every case, addressed to every post: whether the case is theirs is for the counter to ask. */
async function addressItems(room: CounterRoom, cases: readonly WalkedCase[], to: readonly SeedPerson[]): Promise<void> {
  const { db } = room.owner
  for (const { matterId, itemId } of cases) {
    const { countyId, placeId } = await db.matter.findUniqueOrThrow({ where: { id: matterId } })
    const about = { matterId, countyId, placeId, limit: 'ACCEPTANCE', run: 1, rung: 'URGING' as const, number: 1 }
    const at = new Date()
    await db.supervisionItem.create({ data: { id: itemId, ...about, shownTo: 'COUNTY', dueAt: at, openedAt: at } })
    await db.supervisionRecipient.createMany({
      data: to.map(({ office, role }) => ({ itemId, officeId: office, role })),
    })
  }
}

/** An answer in every case that could not be taken; what it says is sealed. */
async function setAsideIn(room: CounterRoom, cases: readonly WalkedCase[]): Promise<void> {
  const { db, cipher } = room.owner
  for (const { matterId, setAsideId } of cases) {
    const { countyId } = await db.matter.findUniqueOrThrow({ where: { id: matterId } })
    const sealed = { table: 'set_aside_item', column: 'bodyCipher', rowId: setAsideId }
    const about = {
      matterId,
      countyId,
      source: 'MATCHING_CENTRE' as const,
      reason: 'NOT_UNDERSTOOD' as const,
      faults: [],
    }
    const bodyCipher = cipher.seal('{"said":"something"}', sealed)
    await db.setAsideItem.create({ data: { id: setAsideId, ...about, bodyCipher, setAsideAt: new Date() } })
  }
}

async function plantForeign(room: CounterRoom): Promise<WalkedWorld['foreign']> {
  const { db } = room.owner
  const [officer, other] = chongchuan.handlers as [SeedPerson, SeedPerson]
  const [absenceId, handOverId] = [randomUUID(), randomUUID()]
  const day = new Date('2030-01-01')
  const at = new Date()
  await db.absence.create({
    data: {
      id: absenceId,
      postId: postId(officer),
      officerId: officer.id,
      standInId: other.id,
      cause: 'LEAVE',
      fromOn: day,
      throughOn: day,
      recordedBy: officer.id,
      recordedAt: at,
    },
  })
  await db.handOver.create({
    data: {
      id: handOverId,
      postId: postId(officer),
      fromOfficerId: officer.id,
      toOfficerId: other.id,
      lastDay: day,
      openedBy: officer.id,
      openedAt: at,
    },
  })
  const [standingDeputyId, proposalId] = [randomUUID(), randomUUID()]
  await db.standingDeputy.create({
    data: {
      id: standingDeputyId,
      postId: postId(officer),
      officerId: officer.id,
      deputyId: other.id,
      fromOn: new Date('2026-01-01'),
      namedBy: officer.id,
      namedAt: new Date(),
    },
  })
  await db.staffProposal.create({
    data: {
      id: proposalId,
      kind: 'DISABLE_OFFICER',
      content: { officerId: officer.id },
      officeId: officer.office,
      proposedBy: people.nantong.administrators[0]!.id,
      proposedAt: new Date(),
      expiresAt: new Date('2199-01-01'),
    },
  })
  const staff = { postId: postId(officer), officerId: officer.id }
  return { ...staff, absenceId, standingDeputyId, proposalId, handOverId, placeId: haodong }
}

/** Signed in while they were there: one whose account is disabled now, one whose post has ended. */
async function plantGone(room: CounterRoom): Promise<WalkedWorld['gone']> {
  const { db } = room.owner
  const [disabled, former] = [xifeng.handlers[1]!, xifeng.approvers[1]!]
  const cookies = [readCookie(await room.signIn(disabled)), readCookie(await room.signIn(former))] as const
  await db.officer.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } })
  await db.postHolding.updateMany({
    where: { officerId: former.id },
    data: { effectiveTo: new Date('2026-01-01') },
  })
  return [
    { name: 'a disabled officer', cookie: cookies[0] },
    { name: 'a former holder of the post', cookie: cookies[1] },
  ]
}
