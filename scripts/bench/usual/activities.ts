import type { FilingActivities, MatchingActivities } from '../../../activities/contract.ts'

/** What the usual build does in regular activities: the same filing, and a message after each act. */
export type UsualActivities = FilingActivities &
  Pick<MatchingActivities, 'requestMatching'> & {
    notify(input: { matterId: string; requestId: string }): Promise<void>
  }
