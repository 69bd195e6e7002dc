import { afterAll, beforeAll, describe, expect, inject, it, onTestFailed, vi } from 'vitest'
import { chooseSeed, createDice } from '../support/dice.ts'
import { violationsIn } from './support/lawful.ts'
import { unleashNemesis } from './support/nemesis.ts'
import { type OwnStack, startOwnStack } from './support/own-stack.ts'
import { patientFetch } from './support/patient-fetch.ts'
import { tellFrom } from './support/story-result.ts'
import { untilQuiet } from './support/until-quiet.ts'

describe('the story, with worker, counter, engine and archive killed at random moments', () => {
  const seed = chooseSeed()
  let own: OwnStack

  beforeAll(async () => {
    own = await startOwnStack('fire')
    vi.stubGlobal('fetch', patientFetch(own.stack.urls.api))
  })

  afterAll(async () => {
    vi.unstubAllGlobals()
    await own?.close()
  })

  it('ends as it does in peace, and breaks no law', async () => {
    console.info(`CHAOS_SEED=${seed}`)
    const nemesis = unleashNemesis(own.stack, createDice(seed))
    const told: string[] = []
    onTestFailed(() => {
      console.error(`CHAOS_SEED=${seed}\nkilled: ${nemesis.killed.join('; ')}\nlast told: ${told.slice(-3).join('\n')}`)
    })

    const telling = tellFrom(inject('startDay'), own, (line) => told.push(line))
    await Promise.allSettled([telling])
    await nemesis.stop()
    const result = await telling

    console.info(`${nemesis.killed.length} times: ${nemesis.killed.join('; ')}`)
    expect(nemesis.killed.length).toBeGreaterThan(4)
    expect(result).toEqual(inject('calmResult'))
    await untilQuiet(own)
    expect(await violationsIn(own, 3)).toEqual([])
  })
})
