/** One queue for each downstream, so that a slow bank never delays a decision. */
export const taskQueues = {
  cases: 'jiuzhu-cases',
  matching: 'jiuzhu-matching',
  payments: 'jiuzhu-payments',
} as const
