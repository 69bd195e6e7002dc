import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { allProcedures } from '../../../domain/procedures/index.ts'
import { drawProcedure, pageOf } from '../../../scripts/procedures/draw.ts'

const root = path.resolve(import.meta.dirname, '../../..')

describe('the page of a procedure', () => {
  it.each(allProcedures.map((procedure) => [procedure.kind, procedure] as const))(
    'of %s says what its record says; npm run draw-procedures writes it anew',
    (_, procedure) => {
      expect(readFileSync(path.join(root, pageOf(procedure)), 'utf8')).toBe(drawProcedure(procedure))
    },
  )

  it('changes with the record: a limit that is left out is left out there', () => {
    const [procedure] = allProcedures
    const [stage, line] = Object.entries(procedure!.course)[0]!
    const without = { ...procedure!, course: { ...procedure!.course, [stage]: { ...line, limits: [] } } }
    expect(drawProcedure(without)).not.toBe(drawProcedure(procedure!))
  })
})
