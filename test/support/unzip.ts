import { inflateRawSync } from 'node:zlib'

/** One file out of an archive (ZIP, APPNOTE 4.3), as text. */
export function unzipText(archive: Buffer, name: string): string {
  const endsAt = archive.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  const entries = archive.readUInt16LE(endsAt + 10)
  let at = archive.readUInt32LE(endsAt + 16)
  for (let entry = 0; entry < entries; entry += 1) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => archive.readUInt16LE(at + offset))
    const nameEnds = at + 46 + (nameLength as number)
    if (archive.toString('utf8', at + 46, nameEnds) === name) return contentOf(archive, at)
    at = nameEnds + (extraLength as number) + (commentLength as number)
  }
  throw new Error(`There is no ${name} in the archive`)
}

function contentOf(archive: Buffer, entryAt: number): string {
  const method = archive.readUInt16LE(entryAt + 10)
  const size = archive.readUInt32LE(entryAt + 20)
  const headerAt = archive.readUInt32LE(entryAt + 42)
  const begins = headerAt + 30 + archive.readUInt16LE(headerAt + 26) + archive.readUInt16LE(headerAt + 28)
  const packed = archive.subarray(begins, begins + size)
  return (method === 0 ? packed : inflateRawSync(packed)).toString('utf8')
}
