import { civilStatusLabels, extensionCauseLabels, matchingSourceLabels } from '../../domain/labels.ts'
import { limitHolders } from '../../domain/matter/limit-holders.ts'
import { limitLabels } from '../../domain/matter/limit-keys.ts'
import { openStatuses } from '../../domain/procedures/assistance-case/civil-status.ts'
import { caseStageLabels } from '../../domain/procedures/assistance-case/labels.ts'
import { returnTargets } from '../../domain/procedures/assistance-case/procedure.ts'
import { unknownSources } from '../../domain/procedures/assistance-case/state.ts'
import { addDays } from '../../domain/time/plain-date.ts'
import { readApplication } from '../../prisma/stores/household/applications.ts'
import type { CaseReading } from '../../prisma/stores/matter/case-reading.ts'
import { findLastAssessmentId, readHolders } from '../../prisma/stores/matter/case-status.ts'
import { parametersOfCase, readExpiredSources } from '../../prisma/stores/matter/parameters-of-matter.ts'
import { readDeskPeople, readTownshipPeople } from '../../prisma/stores/staff/desk-people.ts'
import type { Choice, FormField } from '../matters/form-contract.ts'

type Offer = Partial<Omit<FormField, 'name' | 'kind' | 'title'>>

/** What this application can fill the fields of an act with: choices, bounds, values. */
export async function offersFor(act: string, reading: CaseReading): Promise<Record<string, Offer>> {
  const { state, today } = reading
  return {
    versionSeen: { value: state.version },
    occurredOn: { from: state.lastActOn ?? undefined, through: today, value: today },
    ...(await offersOf(act, reading)),
  }
}

async function offersOf(act: string, reading: CaseReading): Promise<Record<string, Offer>> {
  const { db, row, state, today } = reading
  const parameters = parametersOfCase(reading, today)
  switch (act) {
    case 'RETURN':
      return state.stage === 'CLOSED' ? {} : { to: { choices: named(returnTargets(state.stage), caseStageLabels) } }
    case 'BEGIN_SURVEY': {
      const people = await readTownshipPeople(db, reading.placeChain, today)
      const choices = people.map(({ officerId, name, officeName }) => ({
        value: officerId,
        label: `${name}（${officeName}）`,
      }))
      return { investigatorIds: { choices, fewestItems: parameters.minInvestigators() } }
    }
    case 'GIVE_OPINION':
    case 'REVIEW_FILE':
    case 'CONFIRM':
    case 'REFUSE':
      return signing(reading)
    case 'EXPLAIN_ACCOUNT':
      return { accountId: { value: state.accountId ?? undefined } }
    case 'AGREE_ACCOUNT':
      return { accountId: { value: state.proposedAccount?.accountId } }
    case 'SETTLE_STATUS':
      return { statusId: { choices: await statusChoices(reading) } }
    case 'EXTEND':
      return { cause: { choices: named(parameters.extensionCauses(), extensionCauseLabels) } }
    case 'AWAIT':
      return { throughDay: { from: addDays(today, 1), through: addDays(today, parameters.mostWaitingDays()) } }
    case 'URGE':
      return { limit: { choices: runningLimits(reading) } }
    case 'ISSUE_ORDER': {
      const holders = await readHolders(db, [row.id])
      const offices = new Map(holders.map(({ officeId, officeName }) => [officeId, officeName]))
      const choices = [...offices].map(([value, label]) => ({ value, label }))
      return { limit: { choices: runningLimits(reading) }, officeId: { choices } }
    }
    case 'ASSIGN':
      return { officerId: { choices: await deskChoices(reading) } }
    default:
      return {}
  }
}

/** What a signer signs: the last assessment, and by name the registers that it goes without. */
async function signing(reading: CaseReading): Promise<Record<string, Offer>> {
  const { db, row, state, today } = reading
  const silent = [...unknownSources(state), ...(await readExpiredSources(db, reading, today))]
  const byCategory = parametersOfCase(reading, today).amountMethod() === 'CATEGORY'
  return {
    assessmentId: { value: (await findLastAssessmentId(db, row.id)) ?? undefined },
    unknownSources: { choices: named([...new Set(silent)], matchingSourceLabels) },
    category: { required: byCategory },
  }
}

async function statusChoices(reading: CaseReading): Promise<Choice[]> {
  const { intake, personIds } = await readApplication(reading, reading.row.id, reading.events)
  const nameOf = (personId: string) => intake.members[personIds.indexOf(personId)]?.name ?? ''
  return openStatuses(reading.state).map(({ statusId, personId, status, source }) => ({
    value: statusId,
    label: `${nameOf(personId)}：${civilStatusLabels[status]}（${matchingSourceLabels[source]}）`,
  }))
}

function runningLimits({ state }: CaseReading): Choice[] {
  return state.limits
    .filter(({ limit, stoppedOn }) => stoppedOn === null && limitHolders[limit] !== 'NOBODY')
    .map(({ limit, run }) => ({ value: limit, label: limitLabels[limit], sets: { run } }))
}

async function deskChoices({ db, row, today }: CaseReading): Promise<Choice[]> {
  const desks = await readHolders(db, [row.id])
  const people = await readDeskPeople(
    db,
    desks.map(({ officeId }) => officeId),
    today,
  )
  return people
    .filter(
      ({ away, officeId, role }) => !away && desks.some((desk) => desk.officeId === officeId && desk.role === role),
    )
    .map(({ officerId, name, role }) => ({ value: officerId, label: name, sets: { role } }))
}

function named<Word extends string>(words: readonly Word[], labels: Readonly<Record<Word, string>>): Choice[] {
  return words.map((value) => ({ value, label: labels[value] }))
}
