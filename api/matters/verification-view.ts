import { findingTexts } from '../../domain/audit/findings.ts'
import type { Verification } from '../../prisma/stores/system/verification.ts'
import type { VerificationView } from '../audit/audit-contract.ts'
import { localTime } from '../http/local-time.ts'

/** A verification in plain words. */
export function verificationView({ checked, findings, found, lastSeal, unproven }: Verification): VerificationView {
  const { records, events, papers, looks, seals } = checked
  const looked = `核对审计记录${records}条、办理事件${events}个、引用材料${papers}件、查阅记录${looks}条、封存${seals}次`
  return {
    holds: found === 0,
    conclusion: found === 0 ? `${looked}，未发现改动。` : `${looked}，发现${found}处不符，请逐一查明。`,
    checked,
    found,
    findings: findings.map((finding) => ({ ...finding, label: findingTexts[finding.kind].zh })),
    lastSeal,
    unproven: { ...unproven, sentence: unprovenSentence(lastSeal, unproven) },
  }
}

function unprovenSentence(lastSeal: Verification['lastSeal'], unproven: Verification['unproven']): string {
  const { records, registers, looks } = unproven
  if (lastSeal === null) return '尚无封存：以上内容前后一致，但没有档案之外的凭据可以证明。'
  const sealed = `第${lastSeal.number}次封存（${localTime(lastSeal.takenAt)}）`
  if (records === 0 && looks === 0) return `全部内容均在${sealed}之内。`
  return `${sealed}之后的审计记录${records}条（${registers}本登记簿）、查阅记录${looks}条尚未封存，前后一致，但没有档案之外的凭据可以证明。`
}
