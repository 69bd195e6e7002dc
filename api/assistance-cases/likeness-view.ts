import { unknownSources } from '../../domain/procedures/assistance-case/state.ts'
import { dibaoCategoryLabels, paperKindLabels, residenceKindLabels, riskMarkLabels } from '../../domain/labels.ts'
import { stageLabels } from '../../domain/procedures/words.ts'
import { discrepancies } from '../../domain/household/matched-fact.ts'
import { conditionLabels, conditionOutcomeLabels, type ConditionKey } from '../../domain/policy/condition.ts'
import { permissionFor, singledOutBy } from '../../domain/matter/judge.ts'
import { type Likeness, likenessKey, likenessOf } from '../../domain/supervision/likeness.ts'
import type { RiskMark } from '../../domain/vocabulary.ts'
import type { Action } from '../../domain/procedures/words.ts'
import { assessBasis, readAssessmentBasis } from '../../prisma/stores/household/assessments.ts'
import type { CaseReading } from '../../prisma/stores/matter/case-reading.ts'
import { isRelativeFiled } from '../../prisma/stores/household/relatives.ts'
import type { BulkPreview } from '../matters/bulk-contract.ts'
import { stableId } from '../../platform/stable-id.ts'
import type { Asker } from '../http/identity.ts'
import { includesRole, paperReaders, riskReadingRoles } from '../http/roles.ts'
import { placeAt } from '../matters/place-names.ts'

/** A case as it is put beside others: what it is like, what is its own, and what singles it out. */
export type CaseBeside = {
  likeness: Likeness
  /** Equal tokens mean alike; what makes them so is not read from them. */
  token: string
  singledOut: RiskMark[]
  mayAct: boolean
  row: BulkPreview['groups'][number]['rows'][number]
}

/** Reads what makes a case like others, under the rules of this moment. */
export async function caseBeside(reading: CaseReading, asker: Asker, action: Action): Promise<CaseBeside> {
  const { db, row, state, events, today, places, now } = reading
  const category = state.decision?.category ?? null
  const basis = await readAssessmentBasis(reading, reading, { category })
  const { conditions } = assessBasis(basis)
  const likeness = likenessOf({
    stage: state.stage,
    residenceKind: row.residenceKind,
    category,
    conditions,
    discrepancies: discrepancies(basis.household, basis.facts).length,
    unknownSources: unknownSources(state).length,
    late: row.dueAt !== null && row.dueAt.getTime() <= Date.parse(now),
    documents: events.flatMap(({ papers }) => papers.map(({ kind }) => kind)),
  })
  return {
    likeness,
    token: stableId('LIKENESS', likenessKey(likeness)),
    singledOut: singledOutBy({ riskMarks: state.riskMarks, relativeFiled: await isRelativeFiled(db, row.id, today) }),
    mayAct: permissionFor(reading.procedure, action, state)?.roles.includes(asker.role) ?? false,
    row: {
      matterId: row.id,
      matterNumber: row.number,
      title: row.title,
      placeName: placeAt(places).name,
      versionSeen: state.version,
      memberCount: row.memberCount,
      amountFen: state.decision?.amountFen ?? null,
      appliedOn: state.appliedOn,
    },
  }
}

/** What cases of one likeness have in common, as sentences; what the rules say of a family is not for every desk. */
export function sentencesOf({ stage, ruleResult, risk, documents }: Likeness, { role }: Asker): string[] {
  const { residenceKind, category, outcomes } = ruleResult
  const result = Object.entries(outcomes).map(
    ([key, outcome]) => `${conditionLabels[key as ConditionKey]}：${conditionOutcomeLabels[outcome]}`,
  )
  const assesses = includesRole(paperReaders.ASSESSMENT, role)
  return [
    `环节：${stageLabels[stage]}；${residenceKindLabels[residenceKind]}${category === null ? '' : `，${dibaoCategoryLabels[category]}`}`,
    assesses ? `核算结果：${result.join('，')}` : '核算结果：一致',
    `风险情形：${riskSentence(risk)}`,
    `材料：${documents.map((kind) => paperKindLabels[kind]).join('、')}`,
  ]
}

function riskSentence({ discrepancies: differ, unknownSources: unknown, late }: Likeness['risk']): string {
  const found = [
    ...(differ ? ['申报与核对有差异'] : []),
    ...(unknown ? ['有来源未反馈'] : []),
    ...(late ? ['已超期'] : []),
  ]
  return found.length === 0 ? '无' : found.join('、')
}

/** What keeps a case from being decided together with others; nothing more is said where the act is not the asker's. */
export function reasonsOf({ singledOut, mayAct, likeness }: CaseBeside, { role }: Asker): string[] {
  if (!mayAct) return ['当前环节或岗位不能办理此事项']
  const reasons = [
    ...singledOut.map((mark) => riskMarkLabels[mark]),
    ...(likeness.risk.discrepancies ? ['申报与核对有差异'] : []),
    ...(likeness.risk.unknownSources ? ['有来源未反馈'] : []),
  ]
  return reasons.length === 0 || includesRole(riskReadingRoles, role) ? reasons : ['须单独审看']
}

/** True of a case that must be looked at, whoever asks. */
export function isDecidedSingly({ singledOut, likeness: { risk } }: CaseBeside): boolean {
  return singledOut.length > 0 || risk.discrepancies || risk.unknownSources
}
