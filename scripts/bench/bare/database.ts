import pg from 'pg'
import { databaseSession } from '../../../platform/database-session.ts'
import { type StatementName, statements } from './statements.ts'

export type Values = readonly unknown[]

/** Runs one of the named statements. */
export type Run = <Row extends object>(name: StatementName, ...values: Values) => Promise<Row[]>

export type BareDatabase = {
  run: Run
  transaction<T>(work: (run: Run) => Promise<T>): Promise<T>
  close: () => Promise<void>
}

export function openBareDatabase(url: string, clients: number): BareDatabase {
  const pool = new pg.Pool({ ...databaseSession(url, { role: 'jiuzhu_app' }), max: clients })
  const runOn =
    (target: pg.Pool | pg.PoolClient): Run =>
    async <Row extends object>(name: StatementName, ...values: Values) =>
      (await target.query<Row>({ name, text: statements[name], values: [...values] })).rows
  return {
    run: runOn(pool),
    async transaction(work) {
      const client = await pool.connect()
      try {
        await client.query('BEGIN')
        const result = await work(runOn(client))
        await client.query('COMMIT')
        return result
      } catch (error) {
        await client.query('ROLLBACK')
        throw error
      } finally {
        client.release()
      }
    },
    close: () => pool.end(),
  }
}
