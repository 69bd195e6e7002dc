import { setTimeout as pause } from 'node:timers/promises'
import type { StackRole } from '../../../scripts/stack.ts'
import { freeze } from '../../support/frozen.ts'
import { untilReborn } from '../support/nemesis.ts'
import { type OwnStack, ownerUrl } from '../support/own-stack.ts'
import { createDatabaseClient } from '../../../platform/database-session.ts'

/** Goes wrong while acts are under way, and is over when it resolves. */
export type Trouble = (own: OwnStack) => Promise<void>

/** Longer than a filing waits in place, than a queued one waits, and than the caller does. */
const longMs = 16_000
/** Longer than a filing waits in place. */
const shortMs = 5_000

/** What a procedure meets only in trouble, by what goes wrong. */
export const troubles: Readonly<Record<string, Trouble>> = {
  'the database is frozen': async (own) => frozen(own, 'postgres', longMs),
  'every row that is written is held by somebody else': async (own) => {
    const holder = createDatabaseClient(ownerUrl(own.stack))
    await holder.connect()
    await holder.query('BEGIN')
    await holder.query('LOCK TABLE matter, calendar_redating, daily_round, deadline IN EXCLUSIVE MODE')
    await pause(shortMs)
    await holder.query('COMMIT')
    await holder.end()
  },
  'the limits are missing': async (own) => {
    await own.ask(`
      CREATE TABLE aside AS SELECT * FROM parameter WHERE key LIKE 'limit.%';
      ALTER TABLE parameter DISABLE TRIGGER USER;
      DELETE FROM parameter WHERE key LIKE 'limit.%';
      ALTER TABLE parameter ENABLE TRIGGER USER`)
    await pause(3_000)
    await own.ask('INSERT INTO parameter SELECT * FROM aside; DROP TABLE aside')
  },
  'the engine is frozen': async (own) => frozen(own, 'temporal', shortMs),
  'the engine dies while filings are under way': async (own) => dies(own, 'temporal'),
  'the worker dies': async (own) => dies(own, 'worker'),
  'the database dies while institutions call back': async (own) => {
    await dies(own, 'postgres')
    await pause(300)
    await dies(own, 'postgres')
  },
}

async function frozen({ stack }: OwnStack, role: StackRole, ms: number): Promise<void> {
  const pid = stack.processes[role]?.pid
  if (pid === undefined) throw new Error(`${role} does not run`)
  const goesOn = await freeze(pid)
  await pause(ms)
  goesOn()
}

async function dies({ stack }: OwnStack, role: StackRole): Promise<void> {
  const reborn = untilReborn(stack, role)
  stack.kill(role, 'SIGKILL')
  await reborn
}
