import type { z } from 'zod'
import { CommonFaults, DelayMs } from '../shared/fault-plan.ts'

/** The fault plan of the bank: the common one, and how long settlement takes. */
export const BankFaults = CommonFaults.extend({ settleDelayMs: DelayMs })
export type BankFaults = z.infer<typeof BankFaults>
