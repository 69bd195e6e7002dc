import { describe, expect, inject, it } from 'vitest'
import { openWorld } from '../support/open-world.ts'

describe('counter and worker', () => {
  const world = openWorld('figures')

  it('show on ports of their own what passed through them, and the counter says that all is well', async () => {
    const { id, number } = await world.beijie.clerk.applies(world.aHousehold())
    const { api, worker } = inject('journeyMetrics')
    const [ofCounter, ofWorker] = await Promise.all([api, worker].map(async (url) => (await fetch(url)).text()))
    expect(ofCounter).toMatch(/^jiuzhu_acts_total\{action="SUBMIT",outcome="FILED"\} [1-9]/m)
    expect(ofCounter).toMatch(/^jiuzhu_failing_procedures 0$/m)
    expect(ofWorker).toMatch(/^jiuzhu_activity_seconds_count\{activity="fileAct",outcome="done"\} [1-9]/m)
    for (const text of [ofCounter, ofWorker]) for (const words of [id, number]) expect(text).not.toContain(words)
    const health = await fetch(`${inject('journeyUrls').api}/healthz`)
    expect([health.status, await health.json()]).toEqual([200, expect.objectContaining({ status: 'ok' })])
  })
})
