import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Ends what a parent started even if the parent itself is killed without a word. */
export type Guardian = Readonly<{
  pid: number
  /** From now on this process ends with us, by this signal. */
  watch(pid: number, signal: NodeJS.Signals): void
  forget(pid: number): void
  /** Removed when everything has ended. */
  removeAfterwards(folder: string): void
  /** Ends what is still watched; resolves when that is done. */
  close(): Promise<void>
}>

/** Starts the guardian process; see guardian.mjs for what it does. */
export function startGuardian(): Guardian {
  const script = fileURLToPath(new URL('./guardian.mjs', import.meta.url))
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const tell = (line: string) => void child.stdin.write(`${line}\n`)
  // If the guardian itself is killed the pipe breaks; the supervisor still stops everything in the ordinary way.
  child.stdin.on('error', () => {})
  child.unref()
  ;(child.stdin as unknown as { unref?(): void }).unref?.()
  return {
    pid: child.pid ?? 0,
    watch: (pid, signal) => tell(`+${pid} ${signal}`),
    forget: (pid) => tell(`-${pid}`),
    removeAfterwards: (folder) => tell(`rm ${folder}`),
    close: async () => {
      child.ref()
      child.stdin.end()
      await ended
    },
  }
}
