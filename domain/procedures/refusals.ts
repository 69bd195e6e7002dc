import { commonRefusals, type Refusal } from '../matter/refusals.ts'
import { caseRefusals } from './assistance-case/refusals.ts'

/** The sentence of every refusal, of whatever procedure. A code means the same in all of them. */
export const refusals = { ...commonRefusals, ...caseRefusals } as const

export type RefusalCode = keyof typeof refusals

/** The sentence of a refusal, with what it is about filled in. */
export function sentenceOf({ code, detail = {} }: Refusal): string {
  const sentence: string = (refusals as Record<string, string>)[code] ?? code
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(detail[name] ?? ''))
}
