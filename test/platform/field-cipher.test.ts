import { expect, test } from 'vitest'
import { createFieldCipher, SealedFieldError } from '../../platform/field-cipher.ts'
import { parseKeyRing } from '../../platform/key-ring.ts'

const key = (id: string, fill: number) => `${id}:${Buffer.alloc(32, fill).toString('base64')}`
const before = createFieldCipher({ field: parseKeyRing(key('f1', 1)), blindIndex: parseKeyRing(key('b1', 9)) })
const after = createFieldCipher({
  field: parseKeyRing(`${key('f2', 2)},${key('f1', 1)}`),
  blindIndex: parseKeyRing(`${key('b2', 8)},${key('b1', 9)}`),
})
const place = { table: 'person_identity', column: 'number', rowId: 'p-1' }

test('what is sealed opens in its place and shows nothing outside', () => {
  const sealed = before.seal('11010519491231002X 张', place)
  expect(before.open(sealed, place)).toBe('11010519491231002X 张')
  expect(Buffer.from(sealed).includes('1949')).toBe(false)
  expect(before.seal('same', place)).not.toEqual(before.seal('same', place))
})

test.each([
  ['row', { ...place, rowId: 'p-2' }],
  ['column', { ...place, column: 'phone' }],
  ['table', { ...place, table: 'payee_account' }],
])('a ciphertext moved to another %s is refused', (_, elsewhere) => {
  expect(() => before.open(before.seal('x', place), elsewhere)).toThrow(SealedFieldError)
})

test('every altered byte is noticed', () => {
  const sealed = before.seal('622202', place)
  for (let at = 0; at < sealed.length; at++) {
    const altered = Uint8Array.from(sealed)
    altered[at] = (altered[at] ?? 0) ^ 1
    expect(() => before.open(altered, place)).toThrow()
  }
})

test('after a key change old values open, new ones carry the new key, and a lost key is named', () => {
  const old = before.seal('旧', place)
  expect(after.open(old, place)).toBe('旧')
  expect(after.keyIdOf(old)).toBe('f1')
  expect(after.keyIdOf(after.seal('新', place))).toBe('f2')
  expect(() => before.open(after.seal('新', place), place)).toThrow(/"f2" is not on the ring/)
})

test('the blind index finds equal text of one purpose only, also across a key change', () => {
  const stored = before.blindIndex('identity', '11010519491231002X')
  expect(before.blindIndex('identity', '11010519491231002X')).toEqual(stored)
  expect(before.blindIndex('phone', '11010519491231002X')).not.toEqual(stored)
  expect(after.blindIndex('identity', '11010519491231002X')).not.toEqual(stored)
  expect(after.blindIndexCandidates('identity', '11010519491231002X')).toContainEqual(stored)
})
