import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

describe('a process under the last guard', () => {
  let child: ChildProcess
  let url: string
  let lines: {
    msg?: string
    level?: number
    path?: string
    requestId?: string
    err?: { message: string }
    port?: number
  }[]

  beforeEach(async () => {
    lines = []
    const script = path.join(import.meta.dirname, 'guarded-counter.ts')
    child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const opened = Promise.withResolvers<void>()
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      lines.push(JSON.parse(line) as (typeof lines)[number])
      opened.resolve()
    })
    await opened.promise
    url = `http://127.0.0.1:${lines[0]?.port}`
  })

  afterEach(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  })

  // What the process wrote comes by another way than what it answers, and may come later.
  const lastLine = () => lines.at(-1)
  const asked = (page: string) => fetch(`${url}${page}`, { headers: { 'request-id': 'request-0001' } })

  it('logs a rejection that nobody waited for with its request, answers it and goes on', async () => {
    const answer = await asked('/left-alone')
    expect([answer.status, await answer.json()]).toMatchObject([500, { code: 'unexpected' }])
    await expect.poll(lastLine).toMatchObject({
      msg: 'a rejection that nobody waited for',
      requestId: 'request-0001',
      path: '/left-alone',
      err: { message: 'left alone' },
    })
    expect(await (await asked('/fine')).json()).toEqual({ fine: true })
  })

  it('leaves an answer alone that was given already', async () => {
    expect(await (await asked('/answered-meanwhile')).json()).toEqual({ fine: true })
    await expect.poll(lastLine).toMatchObject({ err: { message: 'beside the way' }, requestId: 'request-0001' })
    expect(child.exitCode).toBeNull()
  })

  it('answers, finishes what is under way and ends in order after an error that nobody caught', async () => {
    const slow = asked('/slow')
    await sleep(100)
    const thrown = await asked('/thrown')
    expect([thrown.status, await thrown.json()]).toMatchObject([500, { code: 'unexpected' }])
    const ended = once(child, 'exit')
    expect(await (await slow).json()).toEqual({ slow: true })
    expect(await ended).toEqual([1, null])
    await expect.poll(lastLine).toMatchObject({ level: 60, path: '/thrown', err: { message: 'thrown' } })
  })
})
