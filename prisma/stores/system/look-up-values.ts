import { Prisma } from '../../generated/client.ts'

/** Look-up values as an array of a query written by hand; the driver would send bytes in an array as text. */
export function lookUpValuesSql(values: readonly Uint8Array[]): Prisma.Sql {
  const hexes = values.map((value) => Buffer.from(value).toString('hex'))
  return Prisma.sql`ARRAY(SELECT decode(hex, 'hex') FROM unnest(${hexes}::text[]) AS hex)`
}
