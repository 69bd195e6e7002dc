import type { HistoryCost } from './history.ts'
import type { Figures } from './measure-build.ts'
import type { BenchOptions, BuildName } from './options.ts'
import { path } from './path.ts'
import { percentile } from './percentile.ts'
import { table } from './table.ts'

const titles: Record<BuildName, string> = {
  ours: 'Jiuzhu',
  usual: 'usual Temporal build',
  direct: 'our filing, no engine',
  bare: 'bare PostgreSQL',
}

/** The figures as Markdown, which a terminal shows as well as a page does. */
export function report(computer: readonly string[], options: BenchOptions, figures: readonly Figures[]): string {
  const ours = figures.find(({ name }) => name === 'ours')
  const { cases, inFlight, rate, seconds } = options
  return [
    ...computer.map((line) => `- ${line}`),
    `- ${cases} cases of ${path.length} acts, ${inFlight} in flight; ${rate} acts a second for ${seconds} s`,
    '',
    table(
      ['', ...figures.map(({ name }) => titles[name])],
      mainRows(figures).map(([label, ...values]) => [label, ...values]),
    ),
    ...(ours && figures.length > 1
      ? ['', `Cases a second against ours: ${figures.map((each) => ratio(each, ours)).join(', ')}.`]
      : []),
    ...figures.flatMap(({ name, history }) => (history ? ['', ...historyTables(titles[name], history)] : [])),
  ].join('\n')
}

function mainRows(figures: readonly Figures[]): [string, ...string[]][] {
  const row = (label: string, of: (each: Figures) => string): [string, ...string[]] => [label, ...figures.map(of)]
  const processes = [...new Set(figures.flatMap(({ cpuMs }) => Object.keys(cpuMs ?? {})))]
  return [
    row('whole cases a second, full load', ({ load }) => load.casesPerSecond.toFixed(1)),
    row('round trip of a decision, fixed rate, p50 / p99 (ms)', ({ fixedRate }) => halfAndTail(fixedRate)),
    row('round trip of a decision, full load, p50 / p99 (ms)', ({ load }) => halfAndTail(load.roundTrips)),
    row('events of history a case / an act', ({ history }) =>
      history ? `${round(history.events)} / ${round(history.events / path.length)}` : '–',
    ),
    row('bytes of history a case / an act', ({ history }) =>
      history ? `${history.bytes.toFixed(0)} / ${(history.bytes / path.length).toFixed(0)}` : '–',
    ),
    row('rows a case', ({ rows }) => String(rows.reduce((sum, each) => sum + each.rows, 0))),
    ...processes.map((name) => row(`computing a case: ${name} (ms)`, ({ cpuMs }) => cpuMs?.[name]?.toFixed(0) ?? '–')),
  ]
}

function historyTables(title: string, { byTurn, byType }: HistoryCost): string[] {
  const lines = (costs: HistoryCost['byTurn']) =>
    costs.map(({ name, count, events, bytes }) => [
      name,
      round(count),
      round(events),
      bytes.toFixed(0),
      (count * bytes).toFixed(0),
    ])
  return [
    `${title}, history by what a workflow task was about:`,
    '',
    table(['', 'a case', 'events each', 'bytes each', 'bytes a case'], lines(byTurn)),
    '',
    `${title}, history by type of event:`,
    '',
    table(['', 'a case', 'events each', 'bytes each', 'bytes a case'], lines(byType)),
  ]
}

function ratio({ name, load }: Figures, ours: Figures): string {
  return `${titles[name]} ${(load.casesPerSecond / ours.load.casesPerSecond).toFixed(2)}`
}

function halfAndTail(values: readonly number[]): string {
  return `${percentile(values, 0.5).toFixed(0)} / ${percentile(values, 0.99).toFixed(0)}`
}

function round(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '')
}
