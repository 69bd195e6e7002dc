import type { Finding, FindingKind } from '../../../domain/audit/findings.ts'

/** How a walk tells what it found, and where. */
export type Report = (kind: FindingKind, where: Partial<Omit<Finding, 'kind'>>) => void
