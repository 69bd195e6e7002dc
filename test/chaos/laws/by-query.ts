import type { Law } from '../checker.ts'

/** A law whose violations one query lists in its column `where`. */
export function lawByQuery(name: string, query: string): Law {
  return {
    name,
    async find({ archive }) {
      const { rows } = await archive.query<{ where: string }>(query)
      return rows.map(({ where }) => where)
    },
  }
}
