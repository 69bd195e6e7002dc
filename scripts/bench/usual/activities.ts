import type { Activities } from '../../../activities/contract.ts'

/** What the usual build does in regular activities: the same filing, and a message after each act. */
export type UsualActivities = Pick<Activities, 'fileAct' | 'lookAtCase' | 'requestMatching'> & {
  notify(input: { caseId: string; requestId: string }): Promise<void>
}
