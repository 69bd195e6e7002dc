import { familyOf } from '../../domain/staff/duty-families.ts'
import { noDocument, type Parameter, parameterId } from '../../domain/policy/parameters.ts'
import { addDays, type PlainDate } from '../../domain/time/plain-date.ts'
import type { Level } from '../../domain/vocabulary.ts'
import { makeFirstPassword } from '../../api/staff/first-password.ts'
import type { FieldCipher } from '../../platform/field-cipher.ts'
import { stableId } from '../../platform/stable-id.ts'
import type { Archive } from '../../prisma/client.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { identityIndex } from '../../prisma/stores/household/persons.ts'
import { rowOfDay } from '../../prisma/stores/system/rows.ts'
import { auditStaff, lockRegisters, staffRegistersOf } from '../../prisma/stores/staff/staff-register.ts'
import type { Line, Lines, SheetName, WorkbookFault } from './sheets.ts'

type Tx = Parameters<Parameters<Archive['db']['$transaction']>[0]>[0]
type Tally = Record<SheetName, number>
/** What the import needs besides the lines; `told` gathers the first passwords of the accounts that it makes. */
type Hands = { tx: Tx; cipher: FieldCipher; faults: WorkbookFault[]; added: Tally; told: Map<string, string> }

const differs = '已有不同的内容：已生效的不能修改，请另起一行并写新的起始日期。'

/**
 * Puts the lines in, sheet by sheet, within one transaction of the caller, who rolls it back where faults were found. Lines
 * that are there already change nothing; one that says something else of the same thing is a fault.
 */
export async function importLines(
  tx: Tx,
  cipher: FieldCipher,
  lines: Lines,
  progress: (sheet: SheetName, count: number) => void,
): Promise<Pick<Hands, 'faults' | 'added' | 'told'>> {
  const added = Object.fromEntries(Object.keys(lines).map((sheet) => [sheet, 0])) as Tally
  const hands: Hands = { tx, cipher, faults: [], added, told: new Map() }
  const steps = {
    地方: places,
    机关: offices,
    辖区: areas,
    岗位: posts,
    人员: people,
    常设代班: deputies,
    标准和时限: parameters,
  }
  for (const [sheet, step] of Object.entries(steps) as [SheetName, (hands: Hands, lines: Lines) => Promise<void>][]) {
    await step(hands, lines)
    progress(sheet, lines[sheet].length)
  }
  return hands
}

function fault({ faults }: Hands, { at }: Line<SheetName>, message: string): void {
  faults.push({ ...at, message })
}

async function places(hands: Hands, { 地方: lines }: Lines): Promise<void> {
  const { tx } = hands
  const levels: Level[] = ['NATION', 'PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP', 'VILLAGE']
  for (const line of lines.toSorted((a, b) => levels.indexOf(a.value.层级) - levels.indexOf(b.value.层级))) {
    const { 编号: id, 上级编号: parentId = null, 层级: level, 城乡: residenceKind = null, 起始日期 } = line.value
    const parent = parentId === null ? null : await tx.place.findUnique({ where: { id: parentId } })
    if (parentId !== null && parent === null) fault(hands, line, `没有上级地方“${parentId}”：请先填写上级。`)
    if (parentId === null && level !== 'NATION') fault(hands, line, '请填写上级编号。')
    const known = await tx.place.findUnique({ where: { id } })
    if (known === null) {
      const countyId = level === 'COUNTY' ? id : (parent?.countyId ?? null)
      if (parent !== null || level === 'NATION')
        await tx.place.create({ data: { id, parentId, level, residenceKind, countyId } })
      hands.added.地方 += 1
    } else if (known.level !== level || known.parentId !== parentId || known.residenceKind !== residenceKind)
      fault(hands, line, differs)
    if (known !== null || parent !== null || level === 'NATION') await placeName(hands, line, 起始日期)
  }
}

/** A place has one name on each day: a new one ends the one before. */
async function placeName(hands: Hands, line: Line<'地方'>, from: PlainDate): Promise<void> {
  const { tx } = hands
  const { 编号: placeId, 名称: name, 区划代码: divisionCode = null } = line.value
  const standing = await tx.placeName.findFirst({ where: { placeId, effectiveTo: null } })
  if (standing?.name === name && standing.divisionCode === divisionCode) return
  if (standing !== null && standing.effectiveFrom >= rowOfDay(from)) return fault(hands, line, differs)
  if (standing !== null)
    await tx.placeName.update({ where: { id: standing.id }, data: { effectiveTo: rowOfDay(addDays(from, -1)) } })
  const id = stableId('PLACE_NAME', placeId, from)
  await tx.placeName.create({ data: { id, placeId, name, divisionCode, effectiveFrom: rowOfDay(from) } })
}

async function offices(hands: Hands, { 机关: lines }: Lines): Promise<void> {
  const { tx } = hands
  for (const line of lines) {
    const { 编号: id, 种类: kind, 层级: level, 名称: name, 所在地方编号: placeId } = line.value
    if ((await tx.place.count({ where: { id: placeId } })) === 0) {
      fault(hands, line, `没有地方“${placeId}”：请先在“地方”中填写。`)
      continue
    }
    const known = await tx.office.findUnique({ where: { id } })
    if (known === null) {
      await tx.office.create({ data: { id, kind, level, name, placeId } })
      hands.added.机关 += 1
    } else if (known.kind !== kind || known.level !== level || known.name !== name || known.placeId !== placeId)
      fault(hands, line, differs)
  }
}

async function areas(hands: Hands, { 辖区: lines }: Lines): Promise<void> {
  const { tx } = hands
  for (const line of lines) {
    const { 机关编号: officeId, 地方编号: placeId, 起始日期: from, 截止日期: through } = line.value
    if ((await tx.office.count({ where: { id: officeId } })) === 0) fault(hands, line, `没有机关“${officeId}”。`)
    else if ((await tx.place.count({ where: { id: placeId } })) === 0) fault(hands, line, `没有地方“${placeId}”。`)
    else if (through !== undefined && through < from) fault(hands, line, '截止日期早于起始日期。')
    else {
      const id = stableId('JURISDICTION', officeId, placeId, from)
      const effectiveTo = through === undefined ? null : rowOfDay(through)
      const known = await tx.jurisdiction.findFirst({ where: { officeId, placeId, effectiveFrom: rowOfDay(from) } })
      if (known === null) {
        await tx.jurisdiction.create({ data: { id, officeId, placeId, effectiveFrom: rowOfDay(from), effectiveTo } })
        hands.added.辖区 += 1
      } else if (known.effectiveTo === null && effectiveTo !== null)
        await tx.jurisdiction.update({ where: { id: known.id }, data: { effectiveTo } })
      else if (known.effectiveTo?.getTime() !== effectiveTo?.getTime()) fault(hands, line, differs)
    }
  }
}

async function posts(hands: Hands, { 岗位: lines }: Lines): Promise<void> {
  const { tx } = hands
  for (const line of lines) {
    const { 编号: id, 机关编号: officeId, 角色: role, 名称: title } = line.value
    const known = await tx.post.findUnique({ where: { id } })
    if ((await tx.office.count({ where: { id: officeId } })) === 0) fault(hands, line, `没有机关“${officeId}”。`)
    else if (known === null) {
      await tx.post.create({ data: { id, officeId, role, title } })
      hands.added.岗位 += 1
    } else if (known.officeId !== officeId || known.role !== role) fault(hands, line, differs)
  }
}

async function people(hands: Hands, { 人员: lines }: Lines): Promise<void> {
  const { tx, cipher } = hands
  const now = await readClock(tx)
  for (const line of lines) {
    const { 工号: staffNumber, 姓名: name, 身份证号码: number, 岗位编号: postId, 起始日期: from } = line.value
    const post = await tx.post.findUnique({ where: { id: postId } })
    if (post === null) {
      fault(hands, line, `没有岗位“${postId}”：请先在“岗位”中填写。`)
      continue
    }
    const index = identityIndex({ cipher }, number)
    const known = await tx.officer.findUnique({ where: { staffNumber } })
    if (known !== null && (known.name !== name || !isSame(known.identityIndex, index))) {
      fault(hands, line, `工号${staffNumber}已是另一个人的：请核对姓名和身份证号码。`)
      continue
    }
    const held = await tx.postHolding.findMany({
      where: {
        officer: { identityIndex: index },
        OR: [{ effectiveTo: null }, { effectiveTo: { gte: rowOfDay(from) } }],
      },
      include: { post: true },
    })
    const other = held.find((one) => familyOf[one.post.role] !== familyOf[post.role])
    if (other !== undefined) {
      fault(hands, line, `与其另一岗位“${other.post.title}”属于不相容职务。`)
      continue
    }
    await lockRegisters(tx, (await staffRegistersOf(tx, [post.officeId])).values())
    const officerId = known?.id ?? (await makeOfficer(hands, { staffNumber, name, index }))
    if (known === null)
      await auditStaff(
        tx,
        [{ officeId: post.officeId, action: 'NEW_OFFICER', subject: officerId, detail: { staffNumber } }],
        { by: null, at: now },
      )
    if (held.some((one) => one.postId === postId && one.officerId === officerId)) continue
    await tx.postHolding.create({ data: { postId, officerId, effectiveFrom: rowOfDay(from) } })
    const detail = { post: postId, officer: officerId, fromOn: from }
    await auditStaff(tx, [{ officeId: post.officeId, action: 'GIVE_POST', subject: postId, detail }], {
      by: null,
      at: now,
    })
    hands.added.人员 += 1
  }
}

async function makeOfficer(
  { tx, told }: Hands,
  { staffNumber, name, index }: { staffNumber: string; name: string; index: Uint8Array },
): Promise<string> {
  const officerId = stableId('OFFICER', staffNumber)
  const password = makeFirstPassword()
  await tx.$queryRaw`SELECT create_officer(${officerId}, ${staffNumber}, ${name}, ${index}, ${await password.hashed()})`
  told.set(staffNumber, password.shown())
  return officerId
}

/** Named by whoever they stand in for; whoever arranges the post agrees at the counter, as always. */
async function deputies(hands: Hands, { 常设代班: lines }: Lines): Promise<void> {
  const { tx } = hands
  const now = await readClock(tx)
  for (const line of lines) {
    const { 岗位编号: postId, 人员工号, 代班人员工号, 起始日期: from } = line.value
    const [officer, deputy] = await Promise.all(
      [人员工号, 代班人员工号].map((staffNumber) => tx.officer.findUnique({ where: { staffNumber } })),
    )
    if (!officer || !deputy) fault(hands, line, '没有这个工号：请先在“人员”中填写。')
    else if (officer.id === deputy.id) fault(hands, line, '本人不能代本人的班。')
    else if ((await tx.postHolding.count({ where: { postId, officerId: officer.id } })) === 0)
      fault(hands, line, `工号${人员工号}不在岗位“${postId}”上。`)
    else {
      const id = stableId('STANDING_DEPUTY', postId, officer.id, deputy.id, from)
      const data = { id, postId, officerId: officer.id, deputyId: deputy.id, fromOn: rowOfDay(from) }
      const named = { namedBy: officer.id, namedAt: new Date(now) }
      const { count } = await tx.standingDeputy.createMany({ data: [{ ...data, ...named }], skipDuplicates: true })
      hands.added.常设代班 += count
    }
  }
}

async function parameters(hands: Hands, { 标准和时限: lines }: Lines): Promise<void> {
  const { tx } = hands
  for (const line of lines) {
    const {
      地方编号: placeId,
      项目: key,
      城乡: residenceKind,
      值: value,
      施行日期,
      文件依据: source,
      适用日期,
    } = line.value
    if ((await tx.place.count({ where: { id: placeId } })) === 0) {
      fault(hands, line, `没有地方“${placeId}”。`)
      continue
    }
    const parameter = {
      place: placeId,
      key,
      effectiveFrom: 施行日期,
      ...(residenceKind === undefined ? {} : { residenceKind }),
    } as Parameter
    const id = parameterId(parameter)
    const like = await tx.parameter.findFirst({ where: { key } })
    if (like !== null && !isLike(value, like.value)) {
      fault(hands, line, `“值”的写法不对：例如 ${JSON.stringify(like.value)}。`)
      continue
    }
    const known = await tx.parameter.findUnique({ where: { id } })
    if (known !== null) {
      if (JSON.stringify(known.value) !== JSON.stringify(value)) fault(hands, line, differs)
      continue
    }
    await tx.parameter.create({
      data: {
        id,
        placeId,
        programme: 'DIBAO',
        key,
        residenceKind: residenceKind ?? null,
        value: value as object,
        effectiveFrom: rowOfDay(施行日期),
        source,
        assumed: source === noDocument,
        datePickedBy: 适用日期,
      },
    })
    hands.added.标准和时限 += 1
  }
}

/** A value of the same kind as one that is in force elsewhere: a number, a word, a list, or a group with the same names. */
function isLike(value: unknown, known: unknown): boolean {
  if (Array.isArray(value) || Array.isArray(known)) return Array.isArray(value) && Array.isArray(known)
  if (typeof value !== typeof known) return false
  if (typeof value !== 'object' || value === null || known === null) return true
  return Object.keys(known as object).every((name) => name in value)
}

function isSame(one: Uint8Array | null, other: Uint8Array): boolean {
  return one !== null && Buffer.from(one).equals(Buffer.from(other))
}
