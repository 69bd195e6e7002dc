import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

const file = path.resolve(import.meta.dirname, '..', '..', 'docs', 'benchmarks.md')

/** Puts figures in the place of the earlier ones in docs/benchmarks.md; a benchmark of its own has a place of its own. */
export async function writeFigures(figures: string, place = 'figures'): Promise<void> {
  const [begin, end] = [`<!-- ${place} -->`, `<!-- end of ${place} -->`]
  const page = await readFile(file, 'utf8')
  const [before, rest] = page.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error(`${file} has no place marked for ${place}`)
  await writeFile(file, `${before}${begin}\n\n${figures}\n\n${end}${after}`)
}
