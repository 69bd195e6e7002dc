import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, canonicalRecord, type ChainedRecord } from '../../../domain/audit/canonical-form.ts'
import type { Instant } from '../../../domain/time/plain-date.ts'

const record: ChainedRecord = {
  form: 2,
  register: 'case:1',
  seq: 1,
  at: '2026-07-01T01:00:00.000Z' as Instant,
  officerId: 'an-officer',
  postId: 'a-post',
  officeId: 'an-office',
  role: 'COUNTY_APPROVER',
  placeId: 'a-place',
  action: 'CONFIRM',
  result: 'FILED',
  subject: '1',
  eventId: 'an-event',
  detail: { seq: 1, data: { amountFen: 70_000 }, papers: [] },
  previous: '0'.repeat(64),
}
const hashOf = (form: number) =>
  createHash('sha256')
    .update(canonicalRecord({ ...record, form }) as string)
    .digest('hex')

describe('the canonical form of an audit record', () => {
  it('is never changed once records were written in it', () => {
    expect(hashOf(1)).toBe('beb3fa1dd5b2aee4ba1db402f95d1cea612e62044154fb64b4d8e8a491f5d42e')
    expect(hashOf(2)).toBe('8efea1c163351ec56ac51ae8fc682227f70cfa8a60afcab2eb3377c7b1055c0d')
  })

  it('has words of its own and names neither table nor column', () => {
    const { detail: _, ...words } = JSON.parse(canonicalRecord(record) as string) as Record<string, unknown>
    expect(Object.keys(words)).toEqual([
      'action',
      'at',
      'event',
      'form',
      'number',
      'office',
      'officer',
      'place',
      'post',
      'previous',
      'register',
      'result',
      'role',
      'subject',
    ])
  })

  it('of a form that is not known is none', () => {
    expect(canonicalRecord({ ...record, form: 3 })).toBeNull()
  })

  it.each(Object.keys(record).filter((name) => name !== 'form'))('tells every field: %s', (name) => {
    const changed = { ...record, [name]: name === 'seq' ? 2 : name === 'detail' ? { seq: 2 } : 'another' }
    for (const form of [1, 2])
      expect(canonicalRecord({ ...changed, form })).not.toBe(canonicalRecord({ ...record, form }))
  })
})

describe('canonical JSON', () => {
  it('is JSON that says the same, whatever order its keys came in', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const again = JSON.parse(JSON.stringify(value)) as unknown
        expect(JSON.parse(canonicalJson(value))).toEqual(again)
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value))
      }),
    )
  })

  it('leaves out what is not there, as JSON does', () => {
    expect(canonicalJson({ b: undefined, a: [undefined, 1] })).toBe('{"a":[null,1]}')
  })
})

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).toReversed()
  return Object.fromEntries(entries.map(([key, inner]) => [key, reversed(inner)]))
}
