import type pg from 'pg'

/**
 * Adds rows that are not there yet and leaves those that are: what people changed since stays changed. One statement
 * for all rows, because a seed runs at every start.
 */
export async function insertRows(client: pg.ClientBase, table: string, rows: readonly object[]): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].map((column) => `"${column}"`).join(', ')
  await client.query(
    `INSERT INTO "${table}" (${columns})
     SELECT ${columns} FROM json_populate_recordset(NULL::"${table}", $1) ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows.map(withBytesAsHex))],
  )
}

function withBytesAsHex(row: object): object {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value,
    ]),
  )
}
