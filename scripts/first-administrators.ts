import './plain-failure.ts'
import { readFile } from 'node:fs/promises'
import { makeFirstPassword } from '../api/staff/first-password.ts'
import { identityNumber, lineText, personName, placeCode, recordId, staffNumber } from '../domain/schemas/nouns.ts'
import { z } from '../domain/schemas/zod.ts'
import { loadConfig } from '../platform/config.ts'
import { createFieldCipher } from '../platform/field-cipher.ts'
import { openAsOwner } from '../prisma/client.ts'
import { BeginningRefused, makeFirstAdministrators } from '../prisma/stores/staff/first-administrators.ts'

// The first administrators of a deployment that has none, as the owner of the archive: two people, each with a password that is
// shown once and must be changed. The file holds identity numbers: delete it afterwards.
//   npm run first-administrators -- --template > beginning.json
//   npm run first-administrators -- beginning.json

const template = {
  place: { id: 'qingyang', name: '庆阳市', divisionCode: '621000', level: 'CITY' },
  bureau: '庆阳市民政局',
  administrators: [
    { staffNumber: 'guanliyuan-01', name: '（第一名管理员姓名）', identityNumber: '（身份证号码）' },
    { staffNumber: 'guanliyuan-02', name: '（第二名管理员姓名）', identityNumber: '（身份证号码）' },
  ],
}

const Beginning = z.strictObject({
  place: z.strictObject({
    id: recordId,
    name: lineText(50),
    divisionCode: placeCode,
    level: z.enum(['CITY', 'COUNTY']),
  }),
  bureau: lineText(100),
  administrators: z
    .array(z.strictObject({ staffNumber, name: personName, identityNumber }))
    .min(2, '须有两名管理员：任命他人须一人提出、另一人同意。')
    .max(10)
    .refine(
      (all) => new Set(all.map(({ identityNumber: number }) => number)).size === all.length,
      '管理员须是不同的人：身份证号码不能相同。',
    )
    .refine((all) => new Set(all.map((one) => one.staffNumber)).size === all.length, '工号不能相同。'),
})

const [asked] = process.argv.slice(2)
if (asked === '--template') console.log(JSON.stringify(template, null, 2))
else await begin(asked)

async function begin(file: string | undefined): Promise<void> {
  if (file === undefined)
    throw new BeginningRefused(
      '用法 Usage: npm run first-administrators -- <文件 file>.json （--template 打印样式 prints one）',
    )
  const read = Beginning.safeParse(await readTyped(file))
  if (!read.success) {
    console.error('未建立 Nobody was made:')
    for (const { path, message } of read.error.issues) console.error(`  ${path.join('.')} ${message}`)
    process.exitCode = 1
    return
  }
  const config = loadConfig()
  const { ownerUrl } = config.database
  if (ownerUrl === undefined)
    throw new BeginningRefused('没有数据库所有者地址 Set DATABASE_URL to the address of the owner of the archive')
  const cipher = createFieldCipher(config.keys)
  const archive = openAsOwner({ url: ownerUrl, cipher })
  try {
    const passwords = read.data.administrators.map(() => makeFirstPassword())
    const administrators = await Promise.all(
      read.data.administrators.map(async (one, index) => ({
        ...one,
        passwordHash: (await passwords[index]?.hashed()) ?? '',
      })),
    )
    await archive.db.$transaction(async (tx) => makeFirstAdministrators(tx, cipher, { ...read.data, administrators }))
    console.log(
      '已建立管理员。初始密码只显示一次，首次登录须修改。 Made. Each password is shown once and must be changed.',
    )
    for (const [index, one] of read.data.administrators.entries())
      console.log(`  ${one.staffNumber}\t${passwords[index]?.shown() ?? ''}`)
  } finally {
    await archive.close()
  }
}

async function readTyped(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new BeginningRefused(
      `无法读取 Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}
