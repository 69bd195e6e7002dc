import { z } from 'zod'
import { identityNumber } from '../shared/nouns.ts'
import { Finding, type MatchingRequest, type Source, type SourceAnswer, sources } from './messages.ts'

/** One person in the registers: findings by source, or NO_ANSWER where a source cannot say. */
export const RegisterEntry = z.partialRecord(
  z.enum(sources),
  z.union([z.array(Finding).max(1000), z.literal('NO_ANSWER')]),
)
export type RegisterEntry = z.infer<typeof RegisterEntry>

/** The register file: entries by identity number. */
export const RegisterFile = z.record(identityNumber, RegisterEntry)

/** What one source says to a request. A person nobody described is in no register. */
export function answerFromRegister(input: {
  request: MatchingRequest
  source: Source
  register: ReadonlyMap<string, RegisterEntry>
  today: string
}): Pick<SourceAnswer, 'answer' | 'items'> {
  const items: SourceAnswer['items'] = []
  for (const { personRef, identityNumber } of input.request.persons) {
    const findings = input.register.get(identityNumber)?.[input.source] ?? []
    if (findings === 'NO_ANSWER') return { answer: 'NO_ANSWER', items: [] }
    items.push(...findings.map((finding) => ({ personRef, ...finding, observedOn: finding.observedOn ?? input.today })))
  }
  return { answer: items.length > 0 ? 'FOUND' : 'NONE_FOUND', items }
}
