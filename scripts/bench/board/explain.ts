import pg from 'pg'
import type { Archive } from '../../../prisma/client.ts'

type Db = Archive['db']
/** A statement in pieces, as the stores write it: text, values, and further such pieces among the values. */
type Piece = { strings: readonly string[]; values: readonly unknown[] }

const longestLine = 110

/**
 * How PostgreSQL carries out the one statement that a store sends: its plan, with what it did and how long it took. It is
 * the plan for any values, which a connection comes to use after five times; the one made for these values may differ.
 */
export async function explain(client: pg.ClientBase, send: (db: Db) => Promise<unknown>): Promise<string> {
  let plan = ''
  const db = {
    async $queryRaw(strings: readonly string[], ...values: unknown[]) {
      const { text, parameters } = flatten({ strings, values })
      await client.query(`SET plan_cache_mode = force_generic_plan; PREPARE explained AS ${text}`)
      const { rows } = await client.query<Record<string, string>>(
        `EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) EXECUTE explained(${parameters.map(literal).join(', ')})`,
      )
      await client.query('DEALLOCATE explained')
      plan = whatMatters(rows.flatMap((row) => Object.values(row)))
      throw new Explained()
    },
  }
  await send(db as unknown as Db).catch((error: unknown) => {
    if (!(error instanceof Explained)) throw error
  })
  return plan
}

/** The store would go on with rows that are not there. */
class Explained extends Error {}

function flatten({ strings, values }: Piece): { text: string; parameters: unknown[] } {
  const parameters: unknown[] = []
  const write = (piece: Piece): string =>
    piece.strings.map((text, index) => (index === 0 ? text : `${put(piece.values[index - 1])}${text}`)).join('')
  const put = (value: unknown): string => (isPiece(value) ? write(value) : `$${parameters.push(value)}`)
  return { text: write({ strings, values }), parameters }
}

function isPiece(value: unknown): value is Piece {
  return typeof value === 'object' && value !== null && 'strings' in value && 'values' in value
}

function literal(value: unknown): string {
  if (value === null) return 'NULL'
  if (value instanceof Date) return `'${value.toISOString()}'`
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.map((one) => JSON.stringify(one)).join(',')}}`)
  if (typeof value === 'string') return pg.escapeLiteral(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new Error(`A ${typeof value} is no value of a statement`)
}

/** Nodes with their conditions, the buffers of the whole, and the times; values are long and say nothing. */
function whatMatters(lines: readonly string[]): string {
  const topBuffers = lines.find((line) => /^\s+Buffers:/.test(line))
  return [
    ...lines.filter((line) => /->|^\S|Index Cond|Filter|Heap Fetches|Sort Method/.test(line)),
    ...(topBuffers === undefined ? [] : [topBuffers.trim()]),
  ]
    .filter((line) => !line.startsWith('Planning:'))
    .map((line) => line.replaceAll(/'\{[^}]*\}'/g, "'{…}'").replaceAll(/'[^']*'::timestamp with time zone/g, '…'))
    .map((line) => (line.length > longestLine ? `${line.slice(0, longestLine - 1)}…` : line))
    .join('\n')
}
