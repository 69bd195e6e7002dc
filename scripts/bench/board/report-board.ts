import { percentile } from '../percentile.ts'
import { table } from '../table.ts'
import type { BoardFigures } from './measure-board.ts'

/** The figures as Markdown: how long calls took, then how the statements behind them are carried out. */
export function reportBoard(
  computer: readonly string[],
  { cases, plantedSeconds }: { cases: number; plantedSeconds: number },
  { timed, plans }: BoardFigures,
): string {
  return [
    ...computer.map((line) => `- ${line}`),
    `- ${cases} open cases over 2 cities, 10 counties, 200 townships and 2,000 villages; planted in ${plantedSeconds.toFixed(0)} s`,
    '- two callers at a time, the counter a process of its own; all on one computer',
    '',
    table(
      ['milliseconds', 'p50', 'p90', 'p99', 'calls', 'KB'],
      timed.map(({ name, ms, bytes }) => [
        name,
        ...[0.5, 0.9, 0.99].map((share) => percentile(ms, share).toFixed(0)),
        String(ms.length),
        (bytes / 1024).toFixed(0),
      ]),
    ),
    ...plans.flatMap(({ name, plan }) => ['', `${name}:`, '', '```', plan, '```']),
  ].join('\n')
}
