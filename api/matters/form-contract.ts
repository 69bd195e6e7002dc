import { z } from '../../domain/schemas/zod.ts'
import { fieldKinds } from '../http/form-fields.ts'
import { id } from '../http/nouns.ts'

/** What may be chosen; `sets` names fields that the choice fills as well. */
const Choice = z.object({
  value: z.string(),
  label: z.string(),
  sets: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})
export type Choice = z.infer<typeof Choice>

type Value = string | number | boolean | string[] | number[]

/** One field of a form, as far as it is known what this matter and this officer can fill it with. */
export type FormField = {
  name: string
  kind: (typeof fieldKinds)[number]
  title: string
  required: boolean
  choices?: Choice[] | undefined
  /** The first and the last day, or the least and the most of a number. */
  from?: string | number | undefined
  through?: string | number | undefined
  mostCharacters?: number | undefined
  fewestItems?: number | undefined
  mostItems?: number | undefined
  value?: Value | undefined
  fields?: FormField[] | undefined
  variants?: { value: string; label: string; fields: FormField[] }[] | undefined
}

export const FormField: z.ZodType<FormField> = z
  .object({
    name: z.string(),
    kind: z.enum(fieldKinds),
    title: z.string(),
    required: z.boolean(),
    choices: z.array(Choice).optional(),
    from: z.union([z.string(), z.number()]).optional(),
    through: z.union([z.string(), z.number()]).optional(),
    mostCharacters: z.int().optional(),
    fewestItems: z.int().optional(),
    mostItems: z.int().optional(),
    value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.array(z.number())]).optional(),
    get fields() {
      return z.array(FormField).optional()
    },
    get variants() {
      return z.array(z.object({ value: z.string(), label: z.string(), fields: z.array(FormField) })).optional()
    },
  })
  .meta({ id: 'FormField' })

/** What may be done now by whoever asks, and why not. */
export const PossibleAct = z
  .object({
    act: z.string(),
    label: z.string(),
    may: z.boolean(),
    code: z.string().nullable(),
    why: z.string().nullable(),
  })
  .meta({ id: 'PossibleAct' })
export type PossibleAct = z.infer<typeof PossibleAct>

/** The form of one act on one matter for one officer. */
export const ActForm = z
  .object({
    matterId: id,
    act: z.string(),
    label: z.string(),
    may: z.boolean(),
    code: z.string().nullable(),
    why: z.string().nullable(),
    fields: z.array(FormField),
  })
  .meta({ id: 'ActForm' })
export type ActForm = z.infer<typeof ActForm>
