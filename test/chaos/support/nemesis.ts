import { setTimeout as pause } from 'node:timers/promises'
import type { Stack, StackRole } from '../../../scripts/stack.ts'
import type { Dice } from '../../support/dice.ts'

export type Victim = Extract<StackRole, 'worker' | 'api' | 'temporal' | 'postgres'>

/** Kills parts of a stack for as long as it is let. */
export type Nemesis = Readonly<{
  /** What was killed so far, with the second in which it was. */
  killed: readonly string[]
  /** Lets go, and resolves when everything serves again. */
  stop(): Promise<void>
}>

/**
 * Everybody's deaths, drawn from in any order. Few, because a supervisor that has to start something again and again
 * waits longer each time, and a system that only waits learns nothing.
 */
const deaths: readonly Victim[] = [
  'worker',
  'worker',
  'worker',
  'temporal',
  'temporal',
  'temporal',
  'api',
  'api',
  'postgres',
  'postgres',
]

/**
 * Kills one of the four with signal 9, now and then two at once, at a random moment within one to three seconds of
 * everything serving, until all deaths are dealt out.
 */
export function unleashNemesis(stack: Stack, dice: Dice): Nemesis {
  const killed: string[] = []
  const startedAt = Date.now()
  const leave = new AbortController()
  const left = dice.shuffle(deaths)

  async function strike(): Promise<void> {
    await pause(dice.between(1_000, 3_000), undefined, { signal: leave.signal })
    const names = [...new Set(left.splice(0, dice.between(1, 4) === 1 ? 2 : 1))]
    const reborn = names.map((name) => untilReborn(stack, name))
    for (const name of names) stack.kill(name, 'SIGKILL')
    killed.push(`${((Date.now() - startedAt) / 1000).toFixed(1)} s ${names.join(' and ')}`)
    await Promise.all(reborn)
  }

  const raging = (async () => {
    while (!leave.signal.aborted && left.length > 0) await strike()
  })().catch((error: unknown) => {
    if (!leave.signal.aborted) throw error
  })
  // Whoever stops it hears of its failure.
  raging.catch(() => undefined)
  return {
    killed,
    async stop() {
      leave.abort()
      await raging
    },
  }
}

/** Until another process serves in the place of the one that serves now. */
export async function untilReborn({ processes }: Stack, name: StackRole): Promise<void> {
  const before = processes[name]?.pid
  const giveUpAt = Date.now() + 90_000
  for (;;) {
    const now = processes[name]?.pid
    if (now !== undefined && now !== before) return
    if (Date.now() > giveUpAt) throw new Error(`${name} did not come back`)
    await pause(20)
  }
}
