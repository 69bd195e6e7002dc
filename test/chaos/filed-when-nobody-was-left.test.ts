import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectClient } from '../../platform/temporal.ts'
import { World } from '../support/world.ts'
import { matterWorkflowId } from '../../workflows/shared/matter-contract.ts'
import { violationsIn } from './support/lawful.ts'
import { untilReborn } from './support/nemesis.ts'
import { type OwnStack, ownerUrl, startOwnStack } from './support/own-stack.ts'
import { untilQuiet } from './support/until-quiet.ts'
import { createDatabaseClient } from '../../platform/database-session.ts'

const lockNumber = 20_260_101
const everybody = ['worker', 'temporal', 'api'] as const

describe('an act whose filing was committed while worker, engine and counter died at once', () => {
  let own: OwnStack

  beforeAll(async () => {
    own = await startOwnStack('nobody')
  })

  afterAll(() => own?.close())

  it('is taken up by itself within a minute, and what it should have started has started', async () => {
    const world = new World(own.stack.urls, 'nobody left')
    const { clerk, handler } = world.beijie
    const aCase = await clerk.applies(world.aHousehold().of(2).earning(500_00))
    const { version: versionSeen } = (await handler.opens(aCase)).case

    const held = await holdCommitsOf('APPLICATION_ACCEPTED')
    const sent = handler.accepts(aCase, { versionSeen }).catch((error: unknown) => error)
    await held.untilOneWaits()
    await killEverybodyAtOnce(() => held.letGo())
    expect(await sent).toBeInstanceOf(TypeError)
    const committedAt = Date.now()
    expect(await requestOf(aCase.id)).toEqual([{ status: 'FILED', acknowledged: false }])
    expect(await typesOf(aCase.id)).toEqual(['APPLICATION_SUBMITTED', 'APPLICATION_ACCEPTED'])

    await untilFiled(aCase.id, 'MATCHING_REQUESTED')
    expect(Date.now() - committedAt).toBeLessThan(60_000)
    await world.untilMatched(aCase)
    expect((await typesOf(aCase.id)).filter((type) => type === 'APPLICATION_ACCEPTED')).toHaveLength(1)
    expect(await requestsAtCentre()).toBe(1)
    expect(await actsHeardOf(aCase.id)).toBe(1)
    await untilQuiet(own)
    expect(await violationsIn(own, 0)).toEqual([])
  })

  /** Holds the commit of every filing of a type until it is let go; a filing whose caller is gone commits all the same. */
  async function holdCommitsOf(type: string) {
    const client = createDatabaseClient(ownerUrl(own.stack))
    await client.connect()
    await client.query(`
      CREATE FUNCTION wait_to_commit() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.type = '${type}' THEN PERFORM pg_advisory_xact_lock_shared(${lockNumber}); END IF;
        RETURN NULL;
      END $$`)
    await client.query(`
      CREATE CONSTRAINT TRIGGER wait_to_commit AFTER INSERT ON matter_event DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION wait_to_commit()`)
    await client.query(`SELECT pg_advisory_lock(${lockNumber})`)
    return {
      untilOneWaits: async () => {
        const waits = `SELECT FROM pg_stat_activity WHERE wait_event = 'advisory' AND query ILIKE 'commit%'`
        while ((await client.query(waits)).rowCount === 0) await pause(5)
      },
      letGo: async () => {
        await client.query(`SELECT pg_advisory_unlock(${lockNumber})`)
        await client.end()
      },
    }
  }

  /** In one go, so that none of them hears of another's death; between their death and their return the commit goes on. */
  async function killEverybodyAtOnce(meanwhile: () => Promise<void>): Promise<void> {
    const reborn = everybody.map((name) => untilReborn(own.stack, name))
    for (const name of everybody) expect(own.stack.kill(name, 'SIGKILL')).toBe(true)
    await meanwhile()
    await Promise.all(reborn)
  }

  async function requestOf(matterId: string) {
    return own.ask<{ status: string; acknowledged: boolean }>(
      `SELECT status::text AS status, "acknowledgedAt" IS NOT NULL AS acknowledged FROM request
       WHERE "matterId" = $1 AND action = 'ACCEPT'`,
      [matterId],
    )
  }

  async function typesOf(matterId: string): Promise<string[]> {
    const rows = await own.ask<{ type: string }>('SELECT type FROM matter_event WHERE "matterId" = $1 ORDER BY seq', [
      matterId,
    ])
    return rows.map(({ type }) => type)
  }

  async function untilFiled(matterId: string, type: string): Promise<void> {
    const giveUpAt = Date.now() + 70_000
    while (!(await typesOf(matterId)).includes(type)) {
      if (Date.now() > giveUpAt) throw new Error(`${type} was never filed`)
      await pause(100)
    }
  }

  async function requestsAtCentre(): Promise<number> {
    const book = await (await fetch(`${own.stack.urls.matchingCentre}/sandbox/book`)).json()
    return (book as { lines: { kind: string }[] }).lines.filter(({ kind }) => kind === 'requested').length
  }

  /** How many acts of people reached the procedure: the application did, the acceptance never. */
  async function actsHeardOf(matterId: string): Promise<number> {
    const { config, urls } = own.stack
    const target = { address: urls.temporalAddress, namespace: config.temporal.namespace }
    const client = await connectClient({ ...target, payloadKeys: config.keys.payload })
    try {
      const { events } = await client.workflow.getHandle(matterWorkflowId('ASSISTANCE_CASE', matterId)).fetchHistory()
      return (events ?? []).filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes).length
    } finally {
      await client.connection.close()
    }
  }
})
