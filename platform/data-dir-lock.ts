import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from './embedded/processes.ts'

/** Another Jiuzhu runs on this data folder. */
export class DataDirInUseError extends Error {
  override readonly name = 'DataDirInUseError'
}

export type DataDirLock = Readonly<{ release(): Promise<void> }>

type Holder = { pid: number; startedMark: string; guardianPid: number; url: string }

/** Claims a data folder for this process. A holder that died is no holder, but its guardian may still be tidying up. */
export async function lockDataDir(dataDir: string, about: { guardianPid: number; url: string }): Promise<DataDirLock> {
  const file = path.join(dataDir, 'jiuzhu.lock')
  await mkdir(dataDir, { recursive: true })
  const holder: Holder = { pid: process.pid, startedMark: await startedMark(process.pid), ...about }
  for (;;) {
    try {
      await writeFile(file, `${JSON.stringify(holder)}\n`, { flag: 'wx' })
      return { release: () => rm(file, { force: true }) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    await removeIfStale(file, dataDir)
  }
}

async function removeIfStale(file: string, dataDir: string): Promise<void> {
  const holder = await readHolder(file)
  if (holder && isAlive(holder.pid) && (await startedMark(holder.pid)) === holder.startedMark) {
    throw new DataDirInUseError(
      `救助已在运行 Jiuzhu is already running on ${dataDir} (process ${holder.pid}, ${holder.url}). ` +
        'Stop it there with Ctrl-C, or give this one its own DATA_DIR and JIUZHU_PORT_BASE',
    )
  }
  for (let waited = 0; holder && isAlive(holder.guardianPid) && waited < 15_000; waited += 50) await sleep(50)
  await rm(file, { force: true })
}

async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

// Numbers come round again, in a container almost at once; the start time tells two processes of one number apart.
async function startedMark(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}
