// What a text may hold to be kept: PostgreSQL has no place for NUL, UTF-8 none for half a surrogate pair, and other
// control characters steer terminals, headers and printers instead of being read.

// oxlint-disable-next-line no-control-regex -- these characters are what it keeps out
const line = /^[^\u0000-\u001f\u007f-\u009f]*$/

// oxlint-disable-next-line no-control-regex -- these characters are what it keeps out
const longText = /^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$/

/** The characters of a line, and those of a text that may have several: tab and line breaks as well. */
export const textPatterns = { line, longText } as const

export const textFaultSentence = '内容含有无法保存的字符（控制字符等），请删除后重新填写。'

/** True for a text on one line, without control characters and without half a surrogate pair. */
export function isLine(value: unknown): value is string {
  return typeof value === 'string' && line.test(value) && value.isWellFormed()
}
