import { setTimeout as sleep } from 'node:timers/promises'
import { sendSignal } from './embedded/processes.ts'
import type { ServerHandle } from './embedded/server-handle.ts'
import { type Guardian, startGuardian } from './guardian.ts'

/** How to start one process; `start` answers once it is ready to serve. */
export type ProcessSpec = Readonly<{
  name: string
  stopSignal: NodeJS.Signals
  start(spawned: (pid: number) => void): Promise<ServerHandle>
}>

/** A process kept running until the supervisor stops. */
export type SupervisedProcess = Readonly<{
  name: string
  /** Changes at every restart; undefined between two lives. */
  pid: number | undefined
  restarts: number
  /** Resolves when it serves again. */
  ready(): Promise<void>
  /** False if there is nothing to hear the signal. The supervisor starts it again: that is what chaos tests look at. */
  kill(signal?: NodeJS.Signals): boolean
  restart(): Promise<void>
}>

export type Supervisor = Readonly<{
  guardianPid: number
  run(spec: ProcessSpec): Promise<SupervisedProcess>
  /** Stops everything, last started first. */
  stop(): Promise<void>
}>

const firstPauseMs = 200
const longestPauseMs = 10_000
const calmAfterMs = 30_000
const startAttempts = 3

/** Starts processes, starts them again when they die, and ends them in reverse order; the guardian covers our own death. */
export function createSupervisor({ say }: { say: (line: string) => void }): Supervisor {
  const guardian = startGuardian()
  const lives: Life[] = []
  let stopping: Promise<void> | undefined
  return {
    guardianPid: guardian.pid,
    run: async (spec) => {
      if (stopping) throw new Error(`${spec.name} is not started: everything is being stopped`)
      const life = new Life(spec, guardian, say)
      lives.push(life)
      await life.begin()
      return life
    },
    stop: () => (stopping ??= stopAll(lives, guardian)),
  }
}

async function stopAll(lives: readonly Life[], guardian: Guardian): Promise<void> {
  for (const life of lives.toReversed()) await life.end()
  await guardian.close()
}

/** All lives of one process: it is born, serves, dies and is born again, until it is ended. */
class Life implements SupervisedProcess {
  readonly name: string
  pid: number | undefined
  restarts = 0
  #handle: ServerHandle | undefined
  #ended = false
  #serving = Promise.withResolvers<void>()
  #spawned: number | undefined
  readonly #spec: ProcessSpec
  readonly #guardian: Guardian
  readonly #say: (line: string) => void

  constructor(spec: ProcessSpec, guardian: Guardian, say: (line: string) => void) {
    this.name = spec.name
    this.#spec = spec
    this.#guardian = guardian
    this.#say = say
  }

  /** The first start gives up after some attempts, so that a person learns of a mistake at once. */
  async begin(): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#start()
      } catch (error) {
        if (attempt >= startAttempts || this.#ended) throw error
        await sleep(firstPauseMs * attempt)
      }
    }
  }

  ready(): Promise<void> {
    return this.#serving.promise
  }

  kill(signal: NodeJS.Signals = 'SIGKILL'): boolean {
    return this.pid !== undefined && sendSignal(this.pid, signal)
  }

  async restart(): Promise<void> {
    await this.#handle?.stop()
    // The watch on its exit starts it again; only then is there a new promise to wait for.
    await sleep(0)
    await this.ready()
  }

  async end(): Promise<void> {
    this.#ended = true
    this.#serving.promise.catch(() => {})
    if (this.#handle) await this.#handle.stop()
    else if (this.#spawned !== undefined) sendSignal(this.#spawned, this.#spec.stopSignal)
  }

  async #start(): Promise<void> {
    const handle = await this.#spec.start((pid) => {
      this.#spawned = pid
      this.#guardian.watch(pid, this.#spec.stopSignal)
    })
    this.#guardian.watch(handle.pid, this.#spec.stopSignal)
    if (this.#ended) return handle.stop()
    this.#handle = handle
    this.pid = handle.pid
    this.#serving.resolve()
    this.#watch(handle, Date.now()).catch((error: unknown) => this.#say(`${this.name}: ${String(error)}`))
  }

  async #watch(handle: ServerHandle, startedAt: number): Promise<void> {
    await handle.exited
    this.#guardian.forget(handle.pid)
    this.#handle = undefined
    this.pid = undefined
    if (this.#ended) return
    this.#serving = Promise.withResolvers()
    await this.#revive(Date.now() - startedAt > calmAfterMs ? firstPauseMs : this.#pauseMs())
  }

  async #revive(firstPause: number): Promise<void> {
    for (let pause = firstPause; !this.#ended; pause = Math.min(pause * 2, longestPauseMs)) {
      this.#say(`${this.name} 意外停止，正在重新启动 ended unexpectedly, starting it again`)
      await sleep(pause)
      if (this.#ended) return
      this.restarts++
      try {
        return await this.#start()
      } catch (error) {
        this.#say(`${this.name}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }

  #pauseMs(): number {
    return Math.min(firstPauseMs * 2 ** Math.min(this.restarts, 6), longestPauseMs)
  }
}
