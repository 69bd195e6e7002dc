import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { allProcedures } from '../domain/procedures/index.ts'
import { drawProcedure, pageOf } from './procedures/draw.ts'

// The page of every procedure, drawn anew from its record.
//   npm run draw-procedures
const root = path.resolve(import.meta.dirname, '..')

for (const procedure of allProcedures) {
  const page = path.join(root, pageOf(procedure))
  mkdirSync(path.dirname(page), { recursive: true })
  writeFileSync(page, drawProcedure(procedure))
  console.log(pageOf(procedure))
}
