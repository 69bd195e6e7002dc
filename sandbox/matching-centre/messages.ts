import { z } from 'zod'
import { day, identityNumber, personMark, reference, text, wholeFen } from '../shared/nouns.ts'

/** The registers that the centre can ask. */
export const sources = [
  'HOUSEHOLD_REGISTRATION',
  'SOCIAL_INSURANCE',
  'TAX',
  'REAL_ESTATE',
  'VEHICLES',
  'MARKET_REGULATION',
  'HOUSING_FUND',
  'BANK_DEPOSITS',
] as const
export type Source = (typeof sources)[number]

const incomeKinds = ['WAGE', 'BUSINESS', 'PROPERTY', 'TRANSFER', 'FARMING', 'OTHER'] as const
const propertyKinds = ['DEPOSIT', 'SECURITIES', 'REAL_ESTATE', 'VEHICLE', 'COMPANY_SHARE', 'OTHER'] as const

const civilStatuses = ['DEAD', 'IMPRISONED', 'MOVED_AWAY', 'NOT_THE_PERSON', 'OTHER'] as const

const common = { description: text(2000), observedOn: day.optional() }

/** What a register knows of a person. Without a day it was observed on the day of the answer. */
export const Finding = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('INCOME'), incomeKind: z.enum(incomeKinds), monthlyFen: wholeFen, ...common }),
  z.strictObject({ kind: z.literal('PROPERTY'), propertyKind: z.enum(propertyKinds), valueFen: wholeFen, ...common }),
  z.strictObject({ kind: z.literal('CIVIL_STATUS'), status: z.enum(civilStatuses).optional(), ...common }),
])
export type Finding = z.infer<typeof Finding>

/** A request to match the persons of one household with some registers. */
export const MatchingRequest = z.strictObject({
  requestId: reference,
  authorisationRef: text(200),
  programme: text(50),
  persons: z
    .array(
      z.strictObject({
        personRef: personMark,
        name: text(200),
        identityNumber,
      }),
    )
    .min(1)
    .max(50),
  sources: z
    .array(z.enum(sources))
    .min(1)
    .refine((named) => new Set(named).size === named.length, 'names a source twice'),
})
export type MatchingRequest = z.infer<typeof MatchingRequest>

/** The answer of one source, posted to the customer. */
export interface SourceAnswer {
  callbackId: string
  requestId: string
  source: Source
  answer: 'FOUND' | 'NONE_FOUND' | 'NO_ANSWER'
  items: ({ personRef: string; observedOn: string } & Finding)[]
  answeredAt: string
  validUntil: string
}
