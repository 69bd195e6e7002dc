import type { FileType } from './paper-contract.ts'

/** The one extension of each type that is kept. */
const extensions = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'application/pdf': 'pdf',
} as const satisfies Record<FileType, string>

const longest = 100

/** Names that are devices to Windows, whatever follows the dot. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i

/**
 * The name under which a file is kept and given out: the last part of the path, without characters that steer or are
 * forbidden somewhere, and with the extension of the type that was checked in place of whatever it had. `invoice.pdf.exe`
 * that is a picture becomes `invoice.jpg`.
 */
export function safeFileName(given: string, type: FileType): string {
  const lastPart = given.normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const printable = lastPart.replaceAll(/[\p{C}\p{Zl}\p{Zp}<>:"|?*]/gu, '')
  const bare = withoutExtensions(printable).replaceAll(/^[\s.]+|[\s.]+$/g, '')
  const base = Array.from(bare).slice(0, longest).join('').trim()
  return `${base === '' || devices.test(base) ? '材料' : base}.${extensions[type]}`
}

/** Drops what a machine would take for an extension, however many there are; the dots of a date stay. */
function withoutExtensions(name: string): string {
  const bare = name.replace(/\.(?=[A-Za-z0-9]{1,12}\s*$)[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*\s*$/, '')
  return bare === name ? name : withoutExtensions(bare)
}
