import { createFieldCipher } from '../../platform/field-cipher.ts'
import type { Config } from '../../platform/config.ts'
import { type Archive, openAsOwner } from '../../prisma/client.ts'

/** The archive as its owner may change it, to plant what no process of ours would write. */
export function openOwnerArchive(url: string, { keys }: Pick<Config, 'keys'>): Archive {
  return openAsOwner({ url, cipher: createFieldCipher(keys) })
}
