import { isSameName } from '../../domain/household/comparable-name.ts'
import { isMinor } from '../../domain/household/household.ts'
import { kindOf, type MatchedFact, reconciled } from '../../domain/household/matched-fact.ts'
import { exemptionLabels, presentCapacityLabels } from '../../domain/labels.ts'
import { fen, formatYuan } from '../../domain/money.ts'
import { inChinese, type PlainDate } from '../../domain/time/plain-date.ts'
import { readApplication } from '../../prisma/stores/household/applications.ts'
import { parametersOfCase } from '../../prisma/stores/matter/parameters-of-matter.ts'
import { type CaseReading, readFactsOfCase } from '../../prisma/stores/matter/case-reading.ts'
import { readMatchedFacts } from '../../prisma/stores/household/matching.ts'
import type { Fault } from '../http/nouns.ts'
import type { IntakeOf } from '../matters/written-act.ts'

type Sheet = IntakeOf<'COMPLETE_SURVEY'>['surveySheet']

/** What the archive can say against a survey sheet, all at once: its days, who was there, and its lines. */
export async function faultsOfSurvey(sheet: Sheet, reading: CaseReading, occurredOn: PlainDate): Promise<Fault[]> {
  const { surveyed, surveyedProperty = [] } = sheet
  return [
    ...faultsOfDays(sheet, reading, occurredOn),
    ...(await faultsOfPresence(sheet, reading)),
    ...(await faultsOfLines('surveyed', surveyed, reading)),
    ...(await faultsOfLines('surveyedProperty', surveyedProperty, reading)),
    ...(await unexplained(sheet, reading)),
    ...unknownExemptions(surveyedProperty, reading, occurredOn),
  ]
}

/** A household is visited after its application was accepted (57 Art. 15), and before the visit is written down. */
function faultsOfDays(sheet: Sheet, { state }: CaseReading, occurredOn: PlainDate): Fault[] {
  const dated: [(string | number)[], PlainDate | undefined][] = [
    [['visitedOn'], sheet.visitedOn],
    ...sheet.surveyed.map(({ surveyedOn }, index): [(string | number)[], PlainDate | undefined] => [
      ['surveyed', index, 'surveyedOn'],
      surveyedOn,
    ]),
    ...(sheet.surveyedProperty ?? []).map(({ surveyedOn }, index): [(string | number)[], PlainDate | undefined] => [
      ['surveyedProperty', index, 'surveyedOn'],
      surveyedOn,
    ]),
  ]
  const { acceptedOn } = state
  return dated.flatMap(([path, day]): Fault[] => {
    if (day === undefined) return []
    if (acceptedOn !== null && day < acceptedOn)
      return [{ path: ['surveySheet', ...path], message: `调查日期不能早于受理日期${inChinese(acceptedOn)}，请核对。` }]
    if (day > occurredOn)
      return [{ path: ['surveySheet', ...path], message: `调查日期不能晚于办理日期${inChinese(occurredOn)}，请核对。` }]
    return []
  })
}

/**
 * Whoever was there speaks for the household: a grown member of it, a guardian or agent, or who cares for a child alone or
 * for somebody who cannot speak for themselves. A neighbour is asked as a neighbour.
 */
async function faultsOfPresence(
  { memberPresent, presentCapacity, presentBasis, visitedOn }: Sheet,
  reading: CaseReading,
): Promise<Fault[]> {
  const { intake } = await readApplication(reading, reading.row.id, reading.events)
  const named = intake.members.find(({ name }) => isSameName(name, memberPresent))
  const at = (field: string, message: string): Fault[] => [{ path: ['surveySheet', field], message }]
  if (presentCapacity === 'MEMBER') {
    if (named === undefined)
      return at(
        'memberPresent',
        '在场人不是申请家庭成员。如为监护人、委托代理人或者实际照料人，请选择在场身份并说明依据。',
      )
    return isMinor(named.birthDate, visitedOn)
      ? at('memberPresent', '未成年人不能单独代表家庭接受调查，请填写在场的监护人或者实际照料人。')
      : []
  }
  const label = presentCapacityLabels[presentCapacity]
  return [
    ...(presentBasis === undefined ? at('presentBasis', `请说明在场人作为${label}的依据（关系、委托书等）。`) : []),
    ...(presentCapacity === 'CARER' && !intake.members.some(needsACarer(visitedOn))
      ? at(
          'presentCapacity',
          '家庭成员均为成年人且具备劳动能力，不适用实际照料人；请填写在场的家庭成员或者委托代理人。',
        )
      : []),
  ]
}

const needsACarer =
  (on: PlainDate) =>
  ({ birthDate, workCapable }: { birthDate: PlainDate; workCapable: boolean }) =>
    isMinor(birthDate, on) || !workCapable

type Lines = readonly { personId: string; settlesFactId?: string | undefined }[]

/** A line is about a member of this household, and settles only a fact about that very member. */
async function faultsOfLines(list: string, lines: Lines, { db, row, state }: CaseReading): Promise<Fault[]> {
  const facts = await readFactsOfCase(db, row.id)
  return lines.flatMap(({ personId, settlesFactId }, index): Fault[] => {
    const path = ['surveySheet', list, index]
    const stranger = !state.memberPersonIds.includes(personId)
    const fact = facts.find(({ factId }) => factId === settlesFactId)
    return [
      ...(stranger ? [{ path: [...path, 'personId'], message: '不是本案的家庭成员。' }] : []),
      ...(settlesFactId !== undefined && fact?.personId !== personId
        ? [{ path: [...path, 'settlesFactId'], message: '没有找到该成员的这条核对结果。' }]
        : []),
    ]
  })
}

/**
 * Where a register has answered, its sum counts (57 Art. 18), so that another figure of the visit would be dropped without a
 * word: the line says which entry it puts right, and why.
 */
async function unexplained(sheet: Sheet, { db, state }: CaseReading): Promise<Fault[]> {
  const standing = (state.matching?.answers ?? []).flatMap(({ factIds }) => factIds)
  const facts = await readMatchedFacts(db, standing)
  const beside = (line: { personId: string; kind: string }) =>
    facts.filter((fact) => fact.personId === line.personId && kindOf(fact) === line.kind)
  return [
    ...sheet.surveyed.flatMap((line, index) =>
      line.settlesFactId === undefined && differs(line.monthlyFen, beside(line))
        ? [explainFault('surveyed', index, beside(line))]
        : [],
    ),
    ...(sheet.surveyedProperty ?? []).flatMap((line, index) =>
      line.settlesFactId === undefined &&
      differs(line.held && line.exemption === undefined ? line.valueFen : null, beside(line))
        ? [explainFault('surveyedProperty', index, beside(line))]
        : [],
    ),
  ]
}

/** Null for something that turned out not to be theirs. */
function differs(surveyedFen: number | null, found: readonly MatchedFact[]): boolean {
  const total = reconciled(found)
  return total !== undefined && total.amountFen !== surveyedFen
}

function explainFault(list: string, index: number, found: readonly MatchedFact[]): Fault {
  const foundFen = reconciled(found)?.amountFen ?? fen(0)
  const message =
    `核对结果为${formatYuan(foundFen)}元，与调查所填不同；` + '请指明所更正的核对结果并说明理由，或者按核对结果填写。'
  return { path: ['surveySheet', list, index, 'settlesFactId'], message }
}

/** Only what a document of the place leaves out does not count. */
function unknownExemptions(
  lines: NonNullable<Sheet['surveyedProperty']>,
  reading: CaseReading,
  on: PlainDate,
): Fault[] {
  const known = parametersOfCase(reading, on).exemptions()
  return lines.flatMap(({ kind, exemption }, index) =>
    exemption === undefined || known.some(({ key, propertyKind }) => key === exemption && propertyKind === kind)
      ? []
      : [
          {
            path: ['surveySheet', 'surveyedProperty', index, 'exemption'],
            message: `本地没有“${exemptionLabels[exemption]}”不计入该类财产的规定，请按实际情况填写。`,
          },
        ],
  )
}
