import { caseFactVersions } from './assistance-case/facts.ts'

const versions: Readonly<Partial<Record<string, number>>> = { ...caseFactVersions }

/** The version of a fact in which its events are filed today. */
export function factVersionOf(type: string): number {
  return versions[type] ?? 1
}
