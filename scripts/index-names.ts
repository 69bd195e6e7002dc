import './plain-failure.ts'
import { parseArgs } from 'node:util'
import { createFieldCipher } from '../platform/field-cipher.ts'
import { loadConfig } from '../platform/config.ts'
import { findEmbeddedAppUrl } from '../platform/embedded/postgres.ts'
import { openArchive } from '../prisma/client.ts'
import { indexSomeNames, readNameCollisions } from '../prisma/stores/household/member-names.ts'

// Makes members of cases from before findable by name, a few cases at a time: cut off and begun again, it goes on with what
// is left. Then tells names of one village that are one by their letters and two as written. Changes nothing else.
//   npm run index-names              all that is left
//   npm run index-names -- --most 50 as many cases as that

const { values } = parseArgs({ options: { most: { type: 'string' } } })
const config = loadConfig()
const most = values.most === undefined ? Number.POSITIVE_INFINITY : Number(values.most)
const atOnce = 100
const url = config.database.appUrl ?? (await findEmbeddedAppUrl(config.dataDir, config.ports.postgres))
if (url === undefined)
  throw new Error('没有数据库 No archive: set DATABASE_APP_URL or DATABASE_URL, or run npm start first')
const archive = openArchive({
  url,
  process: 'api',
  cipher: createFieldCipher(config.keys),
  maxConnections: 1,
})
try {
  let done = 0
  let after = ''
  while (done < most) {
    const some = await indexSomeNames(archive, after, Math.min(atOnce, most - done))
    if (some === null) break
    done += some.indexed
    after = some.last
    console.error(`  ${done} …`)
  }
  console.log(`已建立姓名索引 Cases indexed: ${done}`)
  const collisions = await readNameCollisions(archive)
  console.log(`写法不同的同名 Names written in two ways: ${collisions.length}`)
  for (const { placeId, members } of collisions)
    console.log(`  ${placeId}: ${members.map(({ matterNumber, name }) => `${matterNumber} ${name}`).join('；')}`)
} finally {
  await archive.close()
}
