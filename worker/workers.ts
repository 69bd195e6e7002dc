import { fileURLToPath } from 'node:url'
import {
  type ActivityInterceptorsFactory,
  type BundleOptions,
  bundleWorkflowCode,
  type NativeConnection,
  Worker,
  type WorkerInterceptors,
  type WorkflowBundleOption,
} from '@temporalio/worker'
import type { DataConverter } from '@temporalio/common'
import { toldWhenStuck } from '../activities/filing/in-time.ts'
import { heartbeating } from '../activities/heartbeating.ts'
import { createActivities } from '../activities/index.ts'
import { createBank } from '../activities/gateways/bank.ts'
import { createMatchingCentre } from '../activities/gateways/matching-centre.ts'
import type { Config, WorkerRole } from '../platform/config.ts'
import type { Archive } from '../prisma/client.ts'
import { taskQueues } from '../workflows/task-queues.ts'
import { logFailures } from './log-failures.ts'

/** How long a call to an institution may take before its outcome counts as unknown. */
const outsideTimeoutMs = 10_000

/** Failures raised inside a workflow are encoded there, so the bundle needs the converter as much as the worker. */
const failureConverterPath = fileURLToPath(new URL('../platform/failure-converter.ts', import.meta.url))
const workflowsPath = fileURLToPath(new URL('../workflows/index.ts', import.meta.url))

/** The procedure as one file, as workers load it. Built once for each deployment; tests hold its size and content. */
export async function bundleWorkflows(options: Partial<BundleOptions> = {}) {
  return bundleWorkflowCode({ workflowsPath, failureConverterPath, ...options })
}

/** The workers of a process, one for each role it has. */
export async function createWorkers(deps: {
  config: Pick<Config, 'matchingCentre' | 'bank'>
  archive: Archive
  connection: NativeConnection
  namespace: string
  dataConverter: DataConverter
  workflowBundle: WorkflowBundleOption
  roles: readonly WorkerRole[]
  /** What looks on at every activity. */
  activityInterceptors?: readonly ActivityInterceptorsFactory[]
}): Promise<Worker[]> {
  const { archive, config, connection, namespace, dataConverter, workflowBundle } = deps
  const { fileAct, lookAtCase, requestMatching, askMatchingCentre, sendPayment, askBank, checkAccount, ...setWide } =
    createActivities({
      archive,
      centre: createMatchingCentre({ ...endpoint(config.matchingCentre), timeoutMs: outsideTimeoutMs }),
      bank: createBank({ ...endpoint(config.bank), timeoutMs: outsideTimeoutMs }),
    })
  const interceptors: WorkerInterceptors = { activity: [logFailures, ...(deps.activityInterceptors ?? [])] }
  const shared = {
    // Short, because the engine writes it down twice for each task. Worker versioning, once used, names builds itself.
    buildId: 'jiuzhu',
    connection,
    namespace,
    dataConverter,
    shutdownGraceTime: '10 seconds',
    shutdownForceTime: '20 seconds',
    interceptors,
  } as const
  const makers: Record<WorkerRole, () => Promise<Worker>> = {
    cases: () =>
      Worker.create({
        ...shared,
        taskQueue: taskQueues.cases,
        workflowBundle,
        activities: {
          fileAct,
          lookAtCase,
          markRedating: heartbeating(toldWhenStuck(archive, 'markRedating', setWide.markRedating)),
          redateCases: heartbeating(toldWhenStuck(archive, 'redateCases', setWide.redateCases)),
          finishRedating: heartbeating(toldWhenStuck(archive, 'finishRedating', setWide.finishRedating)),
          listMovedEarlier: heartbeating(toldWhenStuck(archive, 'listMovedEarlier', setWide.listMovedEarlier)),
          passOnTasks: heartbeating(toldWhenStuck(archive, 'passOnTasks', setWide.passOnTasks)),
          checkDesks: heartbeating(toldWhenStuck(archive, 'checkDesks', setWide.checkDesks)),
          recordForecasts: heartbeating(toldWhenStuck(archive, 'recordForecasts', setWide.recordForecasts)),
          issueDueBulletins: heartbeating(toldWhenStuck(archive, 'issueDueBulletins', setWide.issueDueBulletins)),
          finishRound: heartbeating(toldWhenStuck(archive, 'finishRound', setWide.finishRound)),
        },
        // 56 KB of heap for each waiting case were measured, so this many stay below 100 MB.
        maxCachedWorkflows: 1_000,
        maxConcurrentWorkflowTaskExecutions: 40,
      }),
    matching: () =>
      Worker.create({
        ...shared,
        taskQueue: taskQueues.matching,
        activities: {
          requestMatching: heartbeating(requestMatching),
          askMatchingCentre: heartbeating(askMatchingCentre),
        },
      }),
    payments: () =>
      Worker.create({
        ...shared,
        taskQueue: taskQueues.payments,
        activities: {
          sendPayment: heartbeating(sendPayment),
          askBank: heartbeating(askBank),
          checkAccount: heartbeating(checkAccount),
        },
      }),
  }
  return Promise.all(deps.roles.map((role) => makers[role]()))
}

function endpoint({ url, apiToken }: { url: string; apiToken: string }) {
  return { url, token: apiToken }
}
