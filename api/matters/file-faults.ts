import type { FileType } from './paper-contract.ts'

/** What can be wrong with a file that is handed in. */
export type FileFault = 'fileEmpty' | 'fileNotAccepted' | 'fileBroken'

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const jpegSignature = Buffer.from([0xff, 0xd8, 0xff])
const jpegEnd = Buffer.from([0xff, 0xd9])
/** Readers look for the end of a PDF within so many bytes. */
const pdfTail = 1024

const kinds = {
  'image/jpeg': { begins: jpegSignature, isWhole: (content) => content.subarray(3).includes(jpegEnd) },
  'image/png': { begins: pngSignature, isWhole: isWholePng },
  'application/pdf': {
    begins: Buffer.from('%PDF-'),
    isWhole: (content) => content.subarray(-pdfTail).includes('%%EOF'),
  },
} as const satisfies Record<FileType, { begins: Buffer; isWhole: (content: Buffer) => boolean }>

/**
 * What is wrong with a file: nothing in it, another kind than it says (a page of script with the name of a picture stays
 * outside), or cut off on the way. What comes after its end is not looked at; it is given out as what it says it is.
 */
export function faultOfFile(content: Buffer, type: string): FileFault | null {
  if (content.length === 0) return 'fileEmpty'
  const kind = isFileType(type) ? kinds[type] : undefined
  if (kind === undefined || !content.subarray(0, kind.begins.length).equals(kind.begins)) return 'fileNotAccepted'
  return kind.isWhole(content) ? null : 'fileBroken'
}

export function isFileType(type: string): type is FileType {
  return Object.hasOwn(kinds, type)
}

/** From chunk to chunk until the one that ends it. */
function isWholePng(content: Buffer): boolean {
  for (let at = pngSignature.length; at + 12 <= content.length; ) {
    const end = at + 12 + content.readUInt32BE(at)
    if (content.toString('latin1', at + 4, at + 8) === 'IEND') return end <= content.length
    at = end
  }
  return false
}
