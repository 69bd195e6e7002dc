import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type BankBookLine, findViolations, laws } from './checker.ts'
import { planted } from './support/planted.ts'
import { createDatabaseClient } from '../../platform/database-session.ts'

const name = `planted_${randomUUID().replaceAll('-', '')}`
const storyEnded = 3

describe('the checker', () => {
  let archive: pg.Client

  beforeAll(async () => {
    await asAdministrator(`CREATE DATABASE ${name} TEMPLATE jiuzhu`)
    archive = createDatabaseClient(onDatabase(name))
    await archive.connect()
  })

  afterAll(async () => {
    await archive?.end()
    await asAdministrator(`DROP DATABASE IF EXISTS ${name}`)
  })

  const violations = async (bankBook: readonly BankBookLine[], fewestClosed = storyEnded) =>
    findViolations({ archive, bankBook, fewestClosed })

  it('finds nothing wrong with a story told in peace', async () => {
    expect(await violations(inject('calmBankBook'))).toEqual([])
  })

  it.each(planted)('names what is planted: $what', async ({ law, inArchive = [], inBook = (lines) => lines }) => {
    await archive.query('BEGIN')
    try {
      // The guards of the archive are what the checker must not depend on.
      await archive.query('SET LOCAL session_replication_role = replica')
      for (const statement of inArchive) expect(await changes(statement), statement).toBe(true)
      const found = await violations(inBook(inject('calmBankBook')))
      expect(found.map((violation) => violation.law)).toContain(law)
    } finally {
      await archive.query('ROLLBACK')
    }
  })

  it('names a run that got nowhere', async () => {
    expect(await violations(inject('calmBankBook'), storyEnded + 1)).toEqual([
      { law: 'the run made progress', where: '3 of 4 cases closed' },
    ])
  })

  it('has seen every one of its laws broken', () => {
    const tried = new Set([...planted.map(({ law }) => law), 'the run made progress'])
    expect(laws.map((law) => law.name).filter((law) => !tried.has(law))).toEqual([])
  })

  /** A statement that met no row would plant nothing, and its law be praised for nothing. */
  async function changes(statement: string): Promise<boolean> {
    const { command, rowCount } = await archive.query(statement)
    return !['INSERT', 'UPDATE', 'DELETE'].includes(command) || (rowCount ?? 0) > 0
  }
})

async function asAdministrator(statement: string): Promise<void> {
  const client = createDatabaseClient(onDatabase('postgres'))
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function onDatabase(database: string): string {
  const address = new URL(inject('calmArchiveUrl'))
  address.pathname = `/${database}`
  return address.href
}
