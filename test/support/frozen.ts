import { readdir, readFile } from 'node:fs/promises'
import { sendSignal } from '../../platform/embedded/processes.ts'

/**
 * A server that neither answers nor dies: it takes connections, keeps its locks and fires no time-out. Everything that it
 * has forked is stopped with it. Returns how to let it go on.
 */
export async function freeze(pid: number): Promise<() => void> {
  const all = [pid, ...(await childrenOf(pid))]
  for (const each of all) sendSignal(each, 'SIGSTOP')
  return () => {
    for (const each of all) sendSignal(each, 'SIGCONT')
  }
}

async function childrenOf(parent: number): Promise<number[]> {
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const parents = await Promise.all(numbers.map((name) => readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')))
  // After the name in parentheses come the state and the number of the parent.
  return numbers.filter((_, at) => parents[at]?.replace(/^.*\) /s, '').split(' ')[1] === String(parent)).map(Number)
}
