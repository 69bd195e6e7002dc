import { globSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed, vi } from 'vitest'
import { violationsIn } from './support/lawful.ts'
import { untilReborn } from './support/nemesis.ts'
import { type OwnStack, startOwnStack } from './support/own-stack.ts'
import { patientFetch } from './support/patient-fetch.ts'
import { tellFrom } from './support/story-result.ts'
import { untilQuiet } from './support/until-quiet.ts'

describe('the story, with the engine losing everything it knows', () => {
  /** While the registers are being asked, while a notice hangs, and while a payment waits for its month. */
  const moments = ['当天受理三户', '两户张榜公示', '确认王建军家每月']
  let own: OwnStack

  beforeAll(async () => {
    own = await startOwnStack('engine')
    vi.stubGlobal('fetch', patientFetch(own.stack.urls.api))
  })

  afterAll(async () => {
    vi.unstubAllGlobals()
    await own?.close()
  })

  it('ends as it does in peace, and breaks no law', async () => {
    const losses: Promise<void>[] = []
    const told: string[] = []
    onTestFailed(() => console.error(`lost ${losses.length} times; last told: ${told.slice(-3).join('\n')}`))

    const result = await tellFrom(inject('startDay'), own, (line) => {
      told.push(line)
      if (moments.some((moment) => line.includes(moment))) losses.push(loseEverything())
    })

    await Promise.all(losses)
    expect(losses).toHaveLength(moments.length)
    expect(result).toEqual(inject('calmResult'))
    await untilQuiet(own)
    expect(await violationsIn(own, 3)).toEqual([])
  })

  /** Removed under the dying server: by the time it is started again there is nothing to start from. */
  async function loseEverything(): Promise<void> {
    const { stack, dataDir } = own
    const reborn = untilReborn(stack, 'temporal')
    stack.kill('temporal', 'SIGKILL')
    const files = globSync('temporal-*.db*', { cwd: dataDir })
    for (const file of files) rmSync(path.join(dataDir, file))
    expect(files).not.toEqual([])
    await reborn
  }
})
