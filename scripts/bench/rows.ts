import type pg from 'pg'
import { createDatabaseClient } from '../../platform/database-session.ts'

/** Rows that one case leaves in the archive, by table. */
export async function countRows(ownerUrl: string, matterId: string): Promise<{ table: string; rows: number }[]> {
  const client = createDatabaseClient(ownerUrl)
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ table: string }>(
      `SELECT table_name AS "table" FROM information_schema.columns
       WHERE table_schema = 'public' AND column_name = 'matterId' ORDER BY 1`,
    )
    const counted = [{ table: 'matter', rows: 1 }]
    for (const { table } of tables)
      counted.push({ table, rows: await count(client, `"${table}"`, '"matterId"', matterId) })
    counted.push({ table: 'audit_record', rows: await count(client, 'audit_record', 'register', `case:${matterId}`) })
    return counted.filter(({ rows }) => rows > 0)
  } finally {
    await client.end()
  }
}

async function count(client: pg.Client, table: string, column: string, value: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table} WHERE ${column} = $1`, [
    value,
  ])
  return rows[0]?.n ?? 0
}
