import { describe, expect, it } from 'vitest'
import { nameOnNotice } from '../../../domain/household/name-on-notice.ts'

describe('a name on the wall', () => {
  it('is told in full for a grown-up, and shortened for a minor', () => {
    expect(nameOnNotice('王建军', { isMinor: false })).toBe('王建军')
    expect(nameOnNotice('王小明', { isMinor: true })).toBe('王某某')
    expect(nameOnNotice('王明', { isMinor: true })).toBe('王某')
    expect(nameOnNotice('阿依古丽·买买提', { isMinor: true })).toBe('阿某某')
    expect(nameOnNotice('𠮷田', { isMinor: true })).toBe('𠮷某')
  })
})
