import { actionLabels } from '../../domain/procedures/words.ts'
import { refuse } from '../../domain/matter/refusals.ts'
import { possibleActs } from '../../domain/procedures/possible-acts.ts'
import { sentenceOf } from '../../domain/procedures/refusals.ts'
import type { CaseReading } from '../../prisma/stores/matter/case-reading.ts'
import { parametersOfCase } from '../../prisma/stores/matter/parameters-of-matter.ts'
import { findCapacityHeld } from '../../prisma/stores/matter/participation.ts'
import type { Asker } from '../http/identity.ts'
import { refusal } from '../http/problem.ts'
import type { ActForm, FormField, PossibleAct } from '../matters/form-contract.ts'
import { formsOfInput } from '../matters/form-of-input.ts'
import { ActIntake } from './act-contract.ts'
import { offersFor } from './form-offers.ts'

const forms = formsOfInput(ActIntake, 'action')

/** Every act that the stage allows: whether this officer may do it now, and if not, why. */
export async function possibleActsView(reading: CaseReading, asker: Asker): Promise<PossibleAct[]> {
  const { db, row, procedure, state, today } = reading
  const { officerId, officeId, role } = asker
  const capacityHeld = await findCapacityHeld(db, row.id, officerId)
  const parameters = parametersOfCase(reading, today)
  return possibleActs(procedure, state, { officerId, officeId, role, capacityHeld, today, parameters }).map(
    ({ act, refusal }) => ({
      act,
      label: actionLabels[act],
      may: refusal === null,
      code: refusal?.code ?? null,
      why: refusal === null ? null : sentenceOf(refusal),
    }),
  )
}

/**
 * The form of an act, filled as far as this application and this officer are known.
 * @throws the refusal `notPermittedAtThisStage` for an act that the stage does not know.
 */
export async function actForm(reading: CaseReading, asker: Asker, act: string): Promise<ActForm> {
  const fields = forms.get(act)
  const possible = (await possibleActsView(reading, asker)).find((one) => one.act === act)
  if (fields === undefined || possible === undefined) throw refusal(refuse('notPermittedAtThisStage'))
  const offers = await offersFor(act, reading)
  return { matterId: reading.row.id, ...possible, fields: fields.map((field) => filled(field, offers[field.name])) }
}

/** An offer without a value says nothing about it. */
function filled(field: FormField, offer: Partial<FormField> = {}): FormField {
  const said = Object.fromEntries(Object.entries(offer).filter(([, value]) => value !== undefined))
  return { ...field, ...said }
}
