/** No form at the counter nests deeper or holds more values than a tenth of this. */
const deepest = 32
const mostValues = 20_000

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const openings = new Set([0x5b, 0x7b])
const closings = new Set([0x5d, 0x7d])

/**
 * True for JSON that nests or lists beyond all measure: what reads it further in calls itself for each level, or makes a
 * fault for each value. Looks at the bytes alone, before anything is built from them.
 */
export function isBeyondMeasure(json: Uint8Array): boolean {
  let depth = 0
  let values = 0
  let inText = false
  for (let index = 0; index < json.length; index += 1) {
    const byte = json[index] as number
    if (inText) {
      if (byte === backslash) index += 1
      else if (byte === quote) inText = false
    } else if (byte === quote) inText = true
    else if (byte === comma) values += 1
    else if (openings.has(byte)) {
      depth += 1
      values += 1
    } else if (closings.has(byte)) depth -= 1
    if (depth > deepest || values > mostValues) return true
  }
  return false
}
