import { describe, expect, it } from 'vitest'
import { weaknessesOf } from '../../../domain/staff/password-strength.ts'

const of = (password: string) => weaknessesOf(password, { staffNumber: 'xf-beijie-01', oldPassword: 'Old-password-1' })

describe('a new password', () => {
  it.each(['Yangguang-2026-xf', 'correct horse 7 battery', '春风化雨润物无声Ab-1'])('%s will do', (password) => {
    expect(of(password)).toEqual([])
  })

  it.each([
    ['Short-1', '至少12个字符'],
    ['onlylowercaseletters', '三种'],
    ['Aa1Aa1Aa1Aa1', '不同的字符'],
    ['My-XF-beijie-01-pass', '工号'],
    ['Old-password-1', '与原密码相同'],
  ])('%s will not', (password, sentence) => {
    expect(of(password).join()).toContain(sentence)
  })
})
