/** Lists of varying length make ever new statements; these are left without a name, or connections would fill up. */
const mostNames = 400

/**
 * Gives each statement a name, so that a connection parses and plans it once. Measured, this took the server's share of a
 * filing down by more than a third. A pooler that hands a connection on between transactions must not stand in between.
 */
export function createStatementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>()
  return ({ sql }) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    if (names.size >= mostNames) return ''
    const name = `s${names.size}`
    names.set(sql, name)
    return name
  }
}
