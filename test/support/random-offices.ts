import fc from 'fast-check'
import type { TiesToCase } from '../../domain/staff/may-act.ts'
import type { Staffing } from '../../domain/staff/staffing.ts'
import { addDays, type PlainDate } from '../../domain/time/plain-date.ts'
import type { Capacity, Role } from '../../domain/vocabulary.ts'
import type { Archive } from '../../prisma/client.ts'
import { rowOfDay } from '../../prisma/stores/system/rows.ts'

/** Days around the day that is asked about: a span from an offset on, without end or so many days long. */
type Span = { from: number; long: number | null }

/** Everything that may be so about a few offices, by numbers; invented by fast-check. */
export type RandomOffices = {
  officers: { disabled: boolean; secondAccountOf: number | null }[]
  posts: { office: number; role: Role }[]
  answersForAPlace: boolean[]
  holdings: (Span & { post: number; officer: number })[]
  absences: (Span & { post: number; officer: number; standIn: number | null; ended: number | null; agreed: boolean })[]
  steps: {
    office: number
    role: Role
    capacity: Capacity | null
    parts: { officer: number; capacity: Capacity }[]
    own: number[]
    relatives: (Span & { officer: number })[]
  }[]
}

const fewRoles = ['TOWNSHIP_HANDLER', 'FINANCE_OFFICER', 'AUDITOR'] as const satisfies readonly Role[]
const fewCapacities = ['HANDLE', 'PREPARE', 'RELEASE'] as const satisfies readonly Capacity[]

const upTo = (most: number) => fc.nat(most - 1)
const span = { from: fc.integer({ min: -4, max: 1 }), long: fc.option(fc.nat(5), { freq: 2 }) }
const officer = upTo(5)
const post = upTo(3)
const office = upTo(2)
const role = fc.constantFrom(...fewRoles)
/** Null four times in five: what names nobody's post says little. */
const rarely = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value })

export const randomOffices: fc.Arbitrary<RandomOffices> = fc
  .record({
    officers: fc.array(fc.record({ disabled: fc.nat(7).map((n) => n === 0), secondAccountOf: rarely(officer) }), {
      minLength: 5,
      maxLength: 5,
    }),
    posts: fc.array(fc.record({ office, role }), { minLength: 3, maxLength: 3 }),
    answersForAPlace: fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
    holdings: fc.array(fc.record({ ...span, post, officer }), { minLength: 2, maxLength: 6 }),
    absences: fc.array(
      fc.record({
        from: fc.integer({ min: -3, max: 1 }),
        long: fc.integer({ min: 1, max: 6 }),
        holding: fc.nat(4),
        elsewhere: rarely(fc.record({ post, officer })),
        // Of one of the others who hold something, or of whomever.
        standIn: fc.option(fc.record({ holding: fc.nat(4), anybody: rarely(officer) }), { freq: 5 }),
        ended: fc.option(fc.integer({ min: -1, max: 4 }), { freq: 2 }),
        agreed: fc.nat(4).map((n) => n > 0),
      }),
      { maxLength: 5 },
    ),
    steps: fc.array(
      fc.record({
        post,
        elsewhere: rarely(fc.record({ office, role })),
        capacity: fc.option(fc.constantFrom(...fewCapacities), { freq: 6 }),
        parts: fc.uniqueArray(fc.record({ officer, capacity: fc.constantFrom(...fewCapacities) }), {
          maxLength: 3,
          selector: (part) => part.officer,
        }),
        own: fc.uniqueArray(officer, { maxLength: 1 }),
        relatives: fc.array(fc.record({ ...span, officer }), { maxLength: 2 }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ absences, steps, ...offices }) => ({
    ...offices,
    absences: absences.map(({ holding, elsewhere, ...absence }) => {
      const holder = (number: number) =>
        offices.holdings[number % offices.holdings.length] as RandomOffices['holdings'][number]
      const held = holder(holding)
      const standIn =
        absence.standIn === null ? null : (absence.standIn.anybody ?? holder(absence.standIn.holding).officer)
      return { ...absence, standIn, ...(elsewhere ?? { post: held.post, officer: held.officer }) }
    }),
    steps: steps.map(({ post: at, elsewhere, ...step }) => ({
      ...step,
      ...(elsewhere ?? (offices.posts[at] as RandomOffices['posts'][number])),
    })),
  }))

/** The ids of what was planted, and the same facts as the rule book takes them. */
export type Planted = {
  officeIds: string[]
  postIds: string[]
  officerIds: string[]
  steps: PlantedStep[]
  staffing: Staffing
}

type PlantedStep = {
  taskId: string
  officeId: string
  role: Role
  capacity: Capacity | null
  ties: Map<string, TiesToCase>
}

type Ground = { db: Archive['db']; prefix: string; day: PlainDate; offices: RandomOffices }

const officeId = ({ prefix }: Ground, number: number) => `${prefix}-office-${number}`
const postId = ({ prefix }: Ground, number: number) => `${prefix}-post-${number}`
const officerId = ({ prefix }: Ground, number: number) => `${prefix}-officer-${number}`
const identityOf = ({ prefix }: Ground, who: string) => new TextEncoder().encode(`${prefix} ${who}`)
const personOf = ({ offices }: Pick<Ground, 'offices'>, number: number) =>
  offices.officers[number]?.secondAccountOf ?? number
const untilDay = ({ from, long }: Span, day: PlainDate) => (long === null ? null : addDays(day, from + long))
const rowOrNull = (day: PlainDate | null) => (day === null ? null : rowOfDay(day))

/** Writes the offices into the archive under a prefix of their own. */
export async function plantOffices(
  { db }: Archive,
  planned: { prefix: string; day: PlainDate; offices: RandomOffices },
): Promise<Planted> {
  const ground = { db, ...planned }
  const { officers, posts } = planned.offices
  await plantPosts(ground)
  await plantOfficers(ground)
  const holdings = await plantHoldings(ground)
  const absences = await plantAbsences(ground)
  const steps: PlantedStep[] = []
  for (const number of planned.offices.steps.keys()) steps.push(await plantStep(ground, number))
  const officerIds = officers.map((_, number) => officerId(ground, number))
  return {
    officeIds: [0, 1].map((number) => officeId(ground, number)),
    postIds: posts.map((_, number) => postId(ground, number)),
    officerIds,
    steps,
    staffing: {
      holdings,
      absences,
      disabled: new Set(officerIds.filter((_, number) => officers[number]?.disabled)),
      roles: new Map(posts.map(({ role: of }, number) => [postId(ground, number), of])),
      persons: new Map(officers.map((_, number) => [officerId(ground, number), `person ${personOf(ground, number)}`])),
    },
  }
}

async function plantPosts(ground: Ground): Promise<void> {
  const { db, prefix, day, offices } = ground
  const ids = [0, 1].map((number) => officeId(ground, number))
  await db.place.create({ data: { id: prefix, level: 'COUNTY', countyId: prefix } })
  await db.office.createMany({
    data: ids.map((id) => ({ id, kind: 'FINANCE_BUREAU', level: 'COUNTY', name: id, placeId: prefix })),
  })
  await db.jurisdiction.createMany({
    data: ids
      .filter((_, number) => offices.answersForAPlace[number])
      .map((id) => ({ officeId: id, placeId: prefix, effectiveFrom: rowOfDay(addDays(day, -9)) })),
  })
  await db.post.createMany({
    data: offices.posts.map(({ office: number, role: of }, index) => ({
      id: postId(ground, index),
      officeId: officeId(ground, number),
      role: of,
      title: of,
    })),
  })
}

async function plantOfficers(ground: Ground): Promise<void> {
  await ground.db.officer.createMany({
    data: ground.offices.officers.map(({ disabled }, number) => ({
      id: officerId(ground, number),
      staffNumber: officerId(ground, number),
      name: officerId(ground, number),
      passwordHash: '',
      disabledAt: disabled ? new Date() : null,
      identityIndex: identityOf(ground, `officer ${personOf(ground, number)}`),
    })),
  })
}

async function plantHoldings(ground: Ground): Promise<Staffing['holdings']> {
  const holdings = ground.offices.holdings.map((one) => ({
    postId: postId(ground, one.post),
    officerId: officerId(ground, one.officer),
    fromOn: addDays(ground.day, one.from),
    throughOn: untilDay(one, ground.day),
  }))
  await ground.db.postHolding.createMany({
    data: holdings.map(({ fromOn, throughOn, ...who }) => ({
      ...who,
      effectiveFrom: rowOfDay(fromOn),
      effectiveTo: rowOrNull(throughOn),
    })),
  })
  return holdings
}

async function plantAbsences(ground: Ground): Promise<Staffing['absences']> {
  const { db, prefix, day, offices } = ground
  const absences = offices.absences
    .filter((one) => one.standIn !== one.officer)
    .map((one) => ({
      postId: postId(ground, one.post),
      officerId: officerId(ground, one.officer),
      standInId: one.standIn === null ? null : officerId(ground, one.standIn),
      fromOn: addDays(day, one.from),
      throughOn: addDays(day, one.from + (one.long ?? 4)),
      endedOn: one.ended === null ? null : addDays(day, one.from + one.ended),
      standInAgreedBy: one.agreed && one.standIn !== null ? 'head' : null,
    }))
  await db.absence.createMany({
    data: absences.map(({ fromOn, throughOn, endedOn, ...who }, number) => ({
      ...who,
      id: `${prefix}-absence-${number}`,
      cause: 'LEAVE',
      fromOn: rowOfDay(fromOn),
      throughOn: rowOfDay(throughOn),
      endedOn: rowOrNull(endedOn),
      recordedBy: 'test',
      recordedAt: new Date(),
    })),
  })
  return absences
}

/** An open step of a case, with the people who have to do with the case otherwise. */
async function plantStep(ground: Ground, number: number): Promise<PlantedStep> {
  const { prefix, offices } = ground
  const { office: at, role: of, capacity, ...people } = offices.steps[number] as RandomOffices['steps'][number]
  const matterId = `${prefix}-case-${number}`
  const step = { taskId: `${prefix}-task-${number}`, officeId: officeId(ground, at), role: of, capacity }
  await plantTask(ground, matterId, step)
  const ties = new Map<string, TiesToCase>()
  const tie = (who: number, more: Partial<TiesToCase>) => {
    const known = ties.get(officerId(ground, who))
    const none = { capacityHeld: null, memberOfHousehold: false, relativeOfHousehold: false }
    ties.set(officerId(ground, who), { ...none, ...known, ...more })
  }
  const accountsOf = (who: number) =>
    [...offices.officers.keys()].filter((number) => personOf(ground, number) === personOf(ground, who))
  const tieAll = (who: number, more: Partial<TiesToCase>) => {
    for (const account of accountsOf(who)) tie(account, more)
  }
  const persons = new Set<number>()
  for (const part of people.parts.filter(({ officer: who }) => isNew(persons, personOf(ground, who)))) {
    tieAll(part.officer, { capacityHeld: part.capacity })
    await plantPart(ground, matterId, part)
  }
  for (const who of people.own) {
    tieAll(who, { memberOfHousehold: true })
    await plantMember(ground, matterId, `officer ${personOf(ground, who)}`)
  }
  for (const [index, relative] of people.relatives.entries()) {
    if (await plantRelative(ground, matterId, { ...relative, name: `relative ${number} ${index}` }))
      tieAll(relative.officer, { relativeOfHousehold: true })
  }
  return { ...step, ties }
}

function isNew(known: Set<number>, one: number): boolean {
  const before = known.size
  return known.add(one).size > before
}

async function plantTask({ db, prefix }: Ground, matterId: string, step: Omit<PlantedStep, 'ties'>): Promise<void> {
  const at = { placeId: prefix, countyId: prefix, kind: 'ASSISTANCE_CASE', stage: 'FIRST_PAYMENT' } as const
  await db.matter.create({
    data: {
      id: matterId,
      number: matterId,
      programme: 'DIBAO',
      procedureVersion: 'DIBAO-2021',
      ...at,
      residenceKind: 'URBAN',
      version: 1,
      title: '某某',
      memberCount: 1,
      stageSince: new Date(),
      createdAt: new Date(),
    },
  })
  const { taskId: id, ...desk } = step
  await db.task.create({ data: { id, matterId, ...at, ...desk, openedAt: new Date() } })
}

async function plantPart(
  ground: Ground,
  matterId: string,
  part: { officer: number; capacity: Capacity },
): Promise<void> {
  const who = { matterId, officerId: officerId(ground, part.officer), eventId: `${matterId}-${part.officer}` }
  await ground.db.participation.create({ data: { ...who, countyId: ground.prefix, capacity: part.capacity } })
}

/** A relative of an officer who lives in the household. Returns whether they count as one on the day. */
async function plantRelative(
  ground: Ground,
  matterId: string,
  { officer: who, name, ...days }: Span & { officer: number; name: string },
): Promise<boolean> {
  const until = untilDay(days, ground.day)
  await ground.db.officerRelative.create({
    data: {
      officerId: officerId(ground, who),
      identityIndex: identityOf(ground, name),
      relation: '姐妹',
      effectiveFrom: rowOfDay(addDays(ground.day, days.from)),
      effectiveTo: rowOrNull(until),
    },
  })
  await plantMember(ground, matterId, name)
  return days.from <= 0 && (until === null || until >= ground.day)
}

/** The same person may live in several of these households; each case knows them by a person of its own. */
async function plantMember(ground: Ground, matterId: string, who: string): Promise<void> {
  const { db, prefix } = ground
  const personId = `${matterId} ${who}`
  const numberIndex = identityOf(ground, who)
  await db.person.create({ data: { id: personId, countyId: prefix, createdAt: new Date() } })
  await db.personIdentity.create({
    data: {
      personId,
      countyId: matterId,
      numberCipher: numberIndex,
      numberIndex,
      indexKeyId: 'test',
      effectiveFrom: new Date(),
    },
  })
  await db.matterPerson.create({
    data: { matterId, personId, programme: 'DIBAO', relation: 'APPLICANT', countyId: prefix, open: true },
  })
}
