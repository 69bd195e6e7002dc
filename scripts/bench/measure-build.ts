import type { SupervisedProcess } from '../../platform/supervisor.ts'
import type { BenchCase } from './bench-case.ts'
import type { Build } from './build.ts'
import { cpuSeconds } from './cpu-time.ts'
import { roundsOf, runFixedRate } from './fixed-rate.ts'
import { type FullLoad, runFullLoad } from './full-load.ts'
import { type HistoryCost, measureHistory } from './history.ts'
import { seedHouseholds } from './household.ts'
import type { BenchOptions, BuildName } from './options.ts'
import { countRows } from './rows.ts'
import type { Site } from './site.ts'

/** Everything that is told of a build. */
export type Figures = {
  name: BuildName
  load: FullLoad
  fixedRate: number[]
  /** Milliseconds of computing for each case at full load, by process; null where the system does not tell. */
  cpuMs: Record<string, number> | null
  history: HistoryCost | null
  rows: { table: string; rows: number }[]
}

const warmUpCases = 10
const historiesRead = 20

/** Opens a build, warms it up, measures it at a fixed rate and at full load, and closes it. */
export async function measureBuild(
  { name, open }: { name: BuildName; open: (site: Site) => Promise<Build> },
  { site, options, servers, ownerUrl }: Measuring,
): Promise<Figures> {
  const { archive, client } = site
  const { abreast, rounds } = roundsOf(options)
  const warmUp = await seedHouseholds(archive, warmUpCases)
  const atRate = await seedHouseholds(archive, abreast * rounds)
  const cases = await seedHouseholds(archive, options.cases)

  const build = await open(site)
  try {
    await runFullLoad(build, warmUp, warmUpCases)
    const fixedRate = await runFixedRate(build, atRate, options.rate)
    const pids = { benchmark: process.pid, ...build.pids, ...pidsOf(servers) }
    const before = await cpuSeconds(pids)
    const load = await runFullLoad(build, cases, options.inFlight)
    const after = await cpuSeconds(pids)
    const { workflowIdOf } = build
    const read = cases.slice(0, historiesRead).map(({ matterId }) => matterId)
    return {
      name,
      load,
      fixedRate,
      cpuMs: before && after && perCase(before, after, cases),
      history: workflowIdOf ? await measureHistory(client, read.map(workflowIdOf)) : null,
      rows: await countRows(ownerUrl, (cases[0] as BenchCase).matterId),
    }
  } finally {
    await build.close()
  }
}

export type Measuring = Readonly<{
  site: Site
  options: BenchOptions
  servers: Readonly<Record<string, SupervisedProcess | undefined>>
  ownerUrl: string
}>

function pidsOf(servers: Measuring['servers']): Record<string, number> {
  return Object.fromEntries(
    Object.entries(servers).flatMap(([name, server]) => (server?.pid === undefined ? [] : [[name, server.pid]])),
  )
}

function perCase(
  before: Record<string, number>,
  after: Record<string, number>,
  cases: readonly BenchCase[],
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(after).map(([name, seconds]) => [name, ((seconds - (before[name] ?? 0)) * 1000) / cases.length]),
  )
}
