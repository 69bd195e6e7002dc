import { describe, expect, it } from 'vitest'
import { ActIntake } from '../../api/assistance-cases/act-contract.ts'
import { formsOfInput } from '../../api/matters/form-of-input.ts'
import type { FormField } from '../../api/matters/form-contract.ts'
import { fieldKinds } from '../../api/http/form-fields.ts'
import { actions } from '../../domain/procedures/words.ts'
import { z } from '../../domain/schemas/zod.ts'

const forms = formsOfInput(ActIntake, 'action')

describe('the form of an act', () => {
  it('is there for every act but the one that opens a matter', () => {
    expect([...forms.keys()].toSorted()).toEqual(actions.filter((act) => act !== 'SUBMIT').toSorted())
  })

  it('gives every input its title in Chinese and its kind; an input without meta has neither', () => {
    const nameless = [...forms].flatMap(([act, fields]) =>
      inAll(fields)
        .filter(isNameless)
        .map(({ name }) => `${act}.${name}`),
    )
    expect(nameless).toEqual([])
  })

  it('notices an input without meta', () => {
    const without = z.discriminatedUnion('action', [
      z.strictObject({ action: z.literal('ACCEPT'), remark: z.string() }),
    ])
    expect((formsOfInput(without, 'action').get('ACCEPT') ?? []).filter(isNameless).map(({ name }) => name)).toEqual([
      'remark',
    ])
  })

  it('calls every choice by a name', () => {
    const bare = [...forms.values()]
      .flatMap(inAll)
      .flatMap(({ name, choices = [], variants = [] }) =>
        [...choices, ...variants]
          .filter(({ label }) => !/\p{Script=Han}/u.test(label))
          .map(({ value }) => `${name} ${value}`),
      )
    expect(bare).toEqual([])
  })

  it('knows bounds and lists: how much may be written, how many may be named, what is chosen between', () => {
    const fieldOf = (act: string, name: string) => forms.get(act)?.find((field) => field.name === name)
    expect(fieldOf('WITHDRAW', 'reason')).toMatchObject({ kind: 'LONG_TEXT', required: true, mostCharacters: 2000 })
    expect(fieldOf('RETURN', 'mendingList')).toMatchObject({ kind: 'TEXTS', fewestItems: 1, mostItems: 50 })
    expect(fieldOf('SERVE_REFUSAL', 'service')?.variants?.map(({ label }) => label)).toContain('直接送达')
    expect(fieldOf('REFUSE', 'reasons')?.fields?.map(({ kind }) => kind)).toEqual(['CHOICE', 'LONG_TEXT'])
  })
})

function inAll(fields: readonly FormField[]): FormField[] {
  return fields.flatMap((field) => [
    field,
    ...inAll(field.fields ?? []),
    ...(field.variants ?? []).flatMap((variant) => inAll(variant.fields)),
  ])
}

function isNameless({ title, kind }: FormField): boolean {
  return !/\p{Script=Han}/u.test(title) || !fieldKinds.includes(kind)
}
