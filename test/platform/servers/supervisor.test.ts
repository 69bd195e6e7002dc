import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { DataDirInUseError, lockDataDir } from '../../../platform/data-dir-lock.ts'
import { findFreePort, isAlive, isPortTaken, waitUntilGone } from '../../../platform/embedded/processes.ts'
import { nodeProcess } from '../../../platform/node-process.ts'
import { createSupervisor } from '../../../platform/supervisor.ts'

const here = import.meta.dirname
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(inject('scratchDir'), 'supervisor-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

function small(port: number, script = 'small-server.ts') {
  return nodeProcess({
    name: 'small',
    script: path.join(here, script),
    env: { PORT: String(port) },
    healthUrl: `http://127.0.0.1:${port}/healthz`,
    logsDir: folder,
  })
}

test('a process that is killed or falls over serves again, and after stop nothing is left', async () => {
  const port = await findFreePort()
  const supervisor = createSupervisor({ say: () => {} })
  const process = await supervisor.run(small(port))
  const first = process.pid ?? 0
  expect(process.kill('SIGKILL')).toBe(true)
  await waitUntilGone(first, 10)
  await expect.poll(() => process.pid ?? first).not.toBe(first)
  await process.ready()
  await fetch(`http://127.0.0.1:${port}/fall`).catch(() => {})
  await expect.poll(() => process.restarts).toBe(2)
  await process.ready()
  const third = process.pid
  await process.restart()
  expect(process.pid).not.toBe(third)
  expect(await isPortTaken(port)).toBe(true)
  await supervisor.stop()
  expect([await isPortTaken(port), isAlive(supervisor.guardianPid)]).toEqual([false, false])
})

test('a program that cannot start is reported with the end of its log', async () => {
  const supervisor = createSupervisor({ say: () => {} })
  await expect(supervisor.run(small(await findFreePort(), 'no-such-program.ts'))).rejects.toThrow(/no-such-program/)
  await supervisor.stop()
})

test('children do not outlive a parent killed without a word', async () => {
  const port = await findFreePort()
  const parent = spawn(process.execPath, [path.join(here, 'small-stack.ts'), folder, String(port)])
  const [line] = (await once(parent.stdout, 'data')) as [Buffer]
  const { child, guardian } = JSON.parse(line.toString()) as { child: number; guardian: number }
  expect(isAlive(child)).toBe(true)
  parent.kill('SIGKILL')
  await waitUntilGone(guardian)
  expect(isAlive(child)).toBe(false)
})

test('a data folder has one holder; the lock of a dead one is taken over', async () => {
  const about = { guardianPid: 0, url: 'http://127.0.0.1:1' }
  const lock = await lockDataDir(folder, about)
  await expect(lockDataDir(folder, about)).rejects.toThrow(DataDirInUseError)
  await lock.release()
  const again = await lockDataDir(folder, about)
  await again.release()
})
