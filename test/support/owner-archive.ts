import { PrismaPg } from '@prisma/adapter-pg'
import { createFieldCipher } from '../../platform/field-cipher.ts'
import type { Config } from '../../platform/config.ts'
import type { Archive } from '../../prisma/client.ts'
import { PrismaClient } from '../../prisma/generated/client.ts'

/** The archive as its owner may change it, to plant what no process of ours would write. */
export function openOwnerArchive(url: string, { keys }: Pick<Config, 'keys'>): Archive {
  const db = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 4 }) })
  return { db, cipher: createFieldCipher(keys), close: () => db.$disconnect() }
}
