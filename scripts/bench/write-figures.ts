import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'

const file = path.resolve(import.meta.dirname, '..', '..', 'docs', 'benchmarks.md')
const [begin, end] = ['<!-- figures -->', '<!-- end of figures -->']

/** Puts figures in the place of the earlier ones in docs/benchmarks.md. */
export async function writeFigures(figures: string): Promise<void> {
  const page = await readFile(file, 'utf8')
  const [before, rest] = page.split(begin)
  const after = rest?.split(end)[1]
  if (before === undefined || after === undefined) throw new Error(`${file} has no place marked for figures`)
  await writeFile(file, `${before}${begin}\n\n${figures}\n\n${end}${after}`)
}
