import { defaultPayloadConverter } from '@temporalio/common'
import { expect, test } from 'vitest'
import { parseKeyRing } from '../../platform/key-ring.ts'
import { createPayloadCodec } from '../../platform/payload-codec.ts'

const key = (id: string, fill: number) => `${id}:${Buffer.alloc(32, fill).toString('base64')}`
const before = createPayloadCodec(parseKeyRing(key('p1', 1)))
const after = createPayloadCodec(parseKeyRing(`${key('p2', 2)},${key('p1', 1)}`))
const payload = defaultPayloadConverter.toPayload({ matterId: 'case-7', amountFen: 61200 })

test('a payload comes back whole and its content does not show', async () => {
  const [sealed] = await before.encode([payload])
  expect(Buffer.from(sealed?.data ?? []).includes('case-7')).toBe(false)
  const [opened] = await before.decode(sealed ? [sealed] : [])
  expect(opened && defaultPayloadConverter.fromPayload(opened)).toEqual({ matterId: 'case-7', amountFen: 61200 })
})

test('after a key change old payloads open and new ones carry the new key', async () => {
  const [old] = await after.decode(await before.encode([payload]))
  expect(old && defaultPayloadConverter.fromPayload(old)).toEqual({ matterId: 'case-7', amountFen: 61200 })
  await expect(before.decode(await after.encode([payload]))).rejects.toThrow(/"p2" is not on the ring/)
})

test('a payload in clear passes, an altered one does not', async () => {
  expect(await before.decode([payload])).toEqual([payload])
  const [sealed] = await before.encode([payload])
  const data = Uint8Array.from(sealed?.data ?? [])
  data[data.length - 1] = (data[data.length - 1] ?? 0) ^ 1
  await expect(before.decode([{ ...sealed, data }])).rejects.toThrow()
})
