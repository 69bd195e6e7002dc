import { parseArgs } from 'node:util'

export const buildNames = ['ours', 'usual', 'direct', 'bare'] as const
export type BuildName = (typeof buildNames)[number]

export type BenchOptions = Readonly<{
  /** Whole cases at full load. */
  cases: number
  /** Cases in flight at full load. */
  inFlight: number
  /** Acts a second at the fixed arrival rate. */
  rate: number
  /** How long acts arrive at that rate. */
  seconds: number
  builds: readonly BuildName[]
  /** Leaves a CPU profile of our worker in the data folder. */
  profile: boolean
  /** Puts the figures into docs/benchmarks.md. */
  write: boolean
}>

const usual = { cases: 150, seconds: 60 }
const quick = { cases: 24, seconds: 13 }

/** @throws with a sentence that says which argument was not understood. */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      cases: { type: 'string' },
      'in-flight': { type: 'string', default: '20' },
      rate: { type: 'string', default: '5' },
      seconds: { type: 'string' },
      builds: { type: 'string', default: buildNames.join(',') },
      quick: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  })
  const size = values.quick ? quick : usual
  return {
    cases: positive('cases', values.cases ?? size.cases),
    inFlight: positive('in-flight', values['in-flight']),
    rate: positive('rate', values.rate),
    seconds: positive('seconds', values.seconds ?? size.seconds),
    builds: values.builds.split(',').map(buildName),
    profile: values.profile,
    write: values.write,
  }
}

function positive(name: string, text: string | number): number {
  const value = Number(text)
  if (!Number.isFinite(value) || value <= 0) throw new Error(`--${name} expects a number above zero, got "${text}"`)
  return value
}

function buildName(text: string): BuildName {
  const found = buildNames.find((name) => name === text.trim())
  if (!found) throw new Error(`--builds knows ${buildNames.join(', ')}, got "${text}"`)
  return found
}
