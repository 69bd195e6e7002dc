import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { discrepancies } from '../../../domain/household/matched-fact.ts'
import { yuan } from '../../../domain/money.ts'
import { assess } from '../../../domain/policy/assessment.ts'
import { reasonsBorneOut } from '../../../domain/policy/refusal-grounds.ts'
import { aHousehold, allAnswered, foundIncome, today } from '../household/a-household.ts'
import { parametersOf } from './seeded-parameters.ts'

const parameters = parametersOf('nantong', 'URBAN', '2026-11-23')

function fileOf(declaredYuan: number, foundYuan: number | null) {
  const household = aHousehold(declaredYuan, 0)
  const facts = foundYuan === null ? [] : [foundIncome('f1', 'p1', 'TAX', yuan(foundYuan))]
  const assessment = assess({ household, facts, sources: allAnswered, surveyed: [], parameters, today })
  return { assessment, discrepancies: discrepancies(household, facts) }
}
const nothingElse = { residenceInDoubt: false, wasAskedFor: false }

describe('reasons for a refusal', () => {
  it('are borne out by the assessment: income only where the rules say that it is not below the standard', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000 }), fc.option(fc.integer({ min: 0, max: 4_000 })), (said, found) => {
        const file = fileOf(said, found)
        const reasons = reasonsBorneOut({ ...file, ...nothingElse })
        const income = file.assessment.conditions.find(({ key }) => key === 'INCOME')
        expect(reasons.includes('INCOME_OVER_STANDARD')).toBe(income?.outcome === 'NOT_MET')
        if (file.assessment.eligible) {
          expect(reasons).not.toContain('INCOME_OVER_STANDARD')
          expect(reasons).not.toContain('PROPERTY_OVER_LIMIT')
        }
        expect(reasons.includes('UNDECLARED_INCOME_OR_PROPERTY')).toBe(found !== null && found > said)
      }),
    )
  })

  it('are borne out by the file: nobody who was never asked for anything has failed to cooperate', () => {
    const file = fileOf(0, null)
    expect(reasonsBorneOut({ ...file, ...nothingElse })).toEqual(['OTHER'])
    expect(reasonsBorneOut({ ...file, residenceInDoubt: true, wasAskedFor: true })).toEqual([
      'NOT_RESIDENT',
      'DOES_NOT_COOPERATE',
      'OTHER',
    ])
  })
})
