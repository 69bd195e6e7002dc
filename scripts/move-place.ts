import './plain-failure.ts'
import { parseArgs } from 'node:util'
import { dayOf, isPlainDate, type PlainDate } from '../domain/time/plain-date.ts'
import { loadConfig } from '../platform/config.ts'
import { createFieldCipher } from '../platform/field-cipher.ts'
import { openAsOwner } from '../prisma/client.ts'
import { AreaNotChanged, mergeTownship, moveVillage } from '../prisma/stores/staff/area-changes.ts'
import { readClock } from '../prisma/stores/system/clock.ts'
import { findMisplacedTasks, followPlaces } from '../prisma/stores/matter/desk-moves.ts'

// Changes which office answers for which place, as the owner of the archive, and puts open steps on the desks of the offices
// that answer for them now. May be run again; a step that was left is taken up by the round of the day, too.
//   npm run move-place -- --merge <township> --into <township> --from 2027-01-01
//   npm run move-place -- --village <village> --to <township>
//   npm run move-place -- --look         changes nothing: what lies elsewhere than it should

const { values } = parseArgs({
  options: {
    merge: { type: 'string' },
    into: { type: 'string' },
    from: { type: 'string' },
    village: { type: 'string' },
    to: { type: 'string' },
    look: { type: 'boolean', default: false },
  },
})
const config = loadConfig()
const { ownerUrl } = config.database
if (ownerUrl === undefined)
  throw new AreaNotChanged('没有数据库所有者地址 Set DATABASE_URL to the address of the owner of the archive')
const archive = openAsOwner({ url: ownerUrl, cipher: createFieldCipher(config.keys) })
const { db } = archive
try {
  const today = dayOf(await readClock(db))
  if (!values.look) console.log(await change(today))
  if (values.look) {
    const misplaced = await findMisplacedTasks(db, today)
    console.log(`不在应办机关的待办 Steps on another desk than theirs: ${misplaced.length}`)
  } else {
    const { moved, withoutOffice } = await followPlaces(archive, today)
    console.log(`已移交待办 Steps moved: ${moved}；没有机关 without an office: ${withoutOffice}`)
  }
} finally {
  await archive.close()
}

async function change(today: PlainDate): Promise<string> {
  const { merge, into, from = today, village, to } = values
  if (merge !== undefined && into !== undefined) {
    if (!isPlainDate(from) || from < today)
      throw new AreaNotChanged('生效日期有误 --from is a day from today on, written YYYY-MM-DD')
    return db.$transaction(async (tx) => mergeTownship(tx, { placeId: merge, into, from }))
  }
  if (village !== undefined && to !== undefined)
    return db.$transaction(async (tx) => moveVillage(tx, { placeId: village, to }))
  throw new AreaNotChanged('用法 Usage: see docs/tasks/places-merge-or-move.md')
}
