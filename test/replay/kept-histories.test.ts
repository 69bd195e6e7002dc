import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../../platform/config.ts'
import { createDataConverter } from '../../platform/temporal.ts'
import { bundleWorkflows } from '../../worker/workers.ts'
import { keptHistories } from '../support/kept-histories.ts'

type Bundle = Awaited<ReturnType<typeof bundleWorkflows>>

const quiet = new DefaultLogger('ERROR')
let workflowBundle: Bundle

beforeAll(async () => {
  Runtime.install({ logger: quiet })
  workflowBundle = await bundleWorkflows({ logger: quiet })
})

async function replay(bundle: Bundle) {
  const dataConverter = createDataConverter(loadConfig({}).keys.payload)
  const results = new Map<string, Error | undefined>()
  for await (const { workflowId, error } of Worker.runReplayHistories(
    { workflowBundle: bundle, dataConverter },
    await keptHistories(),
  )) {
    results.set(workflowId, error)
  }
  return results
}

describe('histories of procedures that ran before', () => {
  it('cover each way in which a case can go, and what runs beside the cases', async () => {
    const names = (await keptHistories()).map(({ workflowId }) => workflowId)
    expect(names).toEqual(expect.arrayContaining(['granted', 'refused', 'returned-and-mended', 'late', 'withdrawn']))
    expect(names).toEqual(expect.arrayContaining(besides))
  })

  it('come out the same when today’s code replays them', async () => {
    const results = await replay(workflowBundle)
    expect([...results].filter(([, error]) => error !== undefined)).toEqual([])
    expect(results.size).toBeGreaterThanOrEqual(5)
  })

  it('are noticed when a step is dropped: the check itself bites', async () => {
    // Drops the wait for the first act, with which each of the cases began.
    const results = await replay(without(/await session\.untilFiledOrRefused\(\);/))
    const cases = [...results].filter(([name]) => !besides.includes(name))
    expect(cases.every(([, error]) => error !== undefined)).toBe(true)
  })

  it.each([
    ['daily-round', /await \S+\.round\.checkDesks\([^;]*;/],
    ['calendar-redating', /await Promise\.all\(page\.cases\.map\([^;]*;/],
  ])('%s is noticed as well', async (name, step) => {
    expect((await replay(without(step))).get(name)).toBeDefined()
  })
})

/** Procedures that are no case's. */
const besides = ['calendar-redating', 'daily-round']

/** The procedures as they would be without a step. */
function without(step: RegExp): Bundle {
  const code = workflowBundle.code.replace(step, ';')
  expect(code).not.toBe(workflowBundle.code)
  return { ...workflowBundle, code }
}
