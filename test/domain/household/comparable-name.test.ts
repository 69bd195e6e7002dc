import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparableName, hasInvisible, isSameName } from '../../../domain/household/comparable-name.ts'
import { personName } from '../../../domain/schemas/nouns.ts'

describe('a name', () => {
  it.each([
    [
      'the dot in all its shapes',
      ['古丽·买买提', '古丽•买买提', '古丽・买买提', '古丽‧买买提', '古丽.买买提', '古丽．买买提', '古丽･买买提'],
    ],
    ['full and half width', ['Ａｎｎａ', 'Anna', 'ANNA']],
    ['radicals as PDFs carry them', ['王⻢玉', '王马玉', '⺩马⽟']],
    ['compatibility ideographs', ['金\u{2F99D}', '金\u{2F99D}'.normalize('NFKC'), '\uF90A\u{2F99D}']],
    ['what nobody sees', ['李秀英', '李\u200B秀英', '\uFEFF李秀英', '李秀\u{E0100}英', '李秀英\u3000']],
  ])('is one name whatever its writing: %s', (_, writings) => {
    expect(new Set(writings.map(comparableName)).size).toBe(1)
  })

  it('of a rare character stays another name, and whole', () => {
    expect(isSameName('𠮷祥', '吉祥')).toBe(false)
    expect(comparableName('𠮷祥')).toBe('𠮷祥')
    expect(isSameName('李秀英', '李秀瑛')).toBe(false)
  })

  it('compared is compared once: what is comparable compares to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(comparableName(comparableName(name))).toBe(comparableName(name))
      }),
    )
  })

  it('is kept as it was written, and what nobody sees in it is told plainly', () => {
    expect(personName.parse(' 古丽•买买提 ')).toBe('古丽•买买提')
    expect(personName.safeParse('李\u200B秀英').error?.issues.map(({ message }) => message)).toEqual([
      '姓名中有看不见的字符，请删除后重新填写。',
    ])
    expect(hasInvisible('𠮷祥')).toBe(false)
  })
})
