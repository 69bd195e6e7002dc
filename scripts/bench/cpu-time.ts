import { readdir, readFile } from 'node:fs/promises'

/** Kernel ticks a second; the same on every Linux that Node runs on. */
const ticks = 100

/** Seconds that processes have computed so far, their children with them; null where the system does not tell. */
export async function cpuSeconds(pids: Readonly<Record<string, number>>): Promise<Record<string, number> | null> {
  const all = await readAll()
  if (all === null) return null
  const named = new Set(Object.values(pids))
  return Object.fromEntries(
    Object.entries(pids).map(([name, pid]) => {
      const own = all.filter((each) => each.pid === pid || (each.parent === pid && !named.has(each.pid)))
      const sum = own.reduce((total, each) => total + each.used + (each.pid === pid ? each.usedByGone : 0), 0)
      return [name, sum / ticks]
    }),
  )
}

type Usage = { pid: number; parent: number; used: number; usedByGone: number }

async function readAll(): Promise<Usage[] | null> {
  const names = await readdir('/proc').catch(() => null)
  if (names === null) return null
  const found = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map(readOne))
  return found.filter((usage) => usage !== null)
}

async function readOne(pid: string): Promise<Usage | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const at = (index: number) => Number(fields[index] ?? Number.NaN)
  const usage = { pid: Number(pid), parent: at(1), used: at(11) + at(12), usedByGone: at(13) + at(14) }
  return Number.isNaN(usage.used) ? null : usage
}
