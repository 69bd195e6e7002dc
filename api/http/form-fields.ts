import { z } from '../../domain/schemas/zod.ts'

/**
 * The kinds of fields that a form is made of; a console knows one control for each. `SYSTEM` is filled by whoever sends the
 * form from what was shown, and never asked. `GROUP` has fields of its own, `VARIANTS` several groups of which one is
 * chosen, `ITEMS` a list of groups. `APPLICATION`, `SURVEY` and `ACCOUNT` have forms made by hand.
 */
export const fieldKinds = [
  'SYSTEM',
  'TEXT',
  'LONG_TEXT',
  'TEXTS',
  'DAY',
  'YES_NO',
  'CHOICE',
  'CHOICES',
  'PERSON',
  'PEOPLE',
  'OFFICE',
  'FILES',
  'GROUP',
  'VARIANTS',
  'ITEMS',
  'APPLICATION',
  'SURVEY',
  'ACCOUNT',
] as const
export type FieldKind = (typeof fieldKinds)[number]

/** What a form says of one field beside its schema: its title, its kind, and what its choices are called. */
export type Asked = { title: string; field: FieldKind; labels?: Readonly<Record<string, string>> }

/** Gives an input its title and kind, by which forms are made. */
export function asks<T extends z.ZodType>(title: string, field: FieldKind, schema: T, labels?: Asked['labels']): T {
  return schema.meta({ title, field, ...(labels === undefined ? {} : { labels }) })
}
