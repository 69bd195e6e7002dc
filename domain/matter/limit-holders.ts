import { type LimitKey, limitKeys } from './limit-keys.ts'

/**
 * Whose clock a limit is. `NOBODY`: a period that only has to pass. `ALL`: everybody who has the case in turn.
 * `ADDRESSEE`: the office that an order went to, wherever the case lies by now.
 */
export type LimitHolder = 'TOWNSHIP' | 'COUNTY' | 'FINANCE' | 'MATCHING_CENTRE' | 'NOBODY' | 'ALL' | 'ADDRESSEE'

/** The holder of every limit: who is reminded, and above whom a breach is shown (57 Art. 10, 15-22). */
export const limitHolders = {
  ACCEPTANCE: 'TOWNSHIP',
  SURVEY_START: 'TOWNSHIP',
  MATCHING_REPORT: 'MATCHING_CENTRE',
  TOWNSHIP_OPINION: 'TOWNSHIP',
  PUBLIC_NOTICE: 'NOBODY',
  HANDING_UP: 'TOWNSHIP',
  COUNTY_DECISION: 'COUNTY',
  REFUSAL_NOTICE: 'TOWNSHIP',
  TOTAL: 'ALL',
  FIRST_PAYMENT: 'FINANCE',
  RETURNED_PAYMENT: 'FINANCE',
  SUPERVISION_ORDER: 'ADDRESSEE',
} as const satisfies Record<LimitKey, LimitHolder>

/** Limits that are not on the desk where the case lies: lists and boards do not count the case by them. */
export const limitsOffDesk = limitKeys.filter((limit) => {
  const holder: LimitHolder = limitHolders[limit]
  return holder === 'NOBODY' || holder === 'ADDRESSEE'
})
