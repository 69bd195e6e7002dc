/** Something to be shown by trying it for long. */
export type Proof = Readonly<{
  name: string
  what: string
  /** What is run, one after the other, as arguments of Node. */
  runs(): { args: string[]; env?: Record<string, string> }[]
  /** What is worth writing down of what was printed. */
  figures(lines: readonly string[]): string
}>

const vitest = 'node_modules/vitest/vitest.mjs'
const seeds = 3
const rounds = 2
const fuzzSeconds = 600

/** In the order in which they are run. */
export const proofs: readonly Proof[] = [
  {
    name: 'chaos',
    what: `the story under fire, ${seeds} orders of deaths that nobody chose`,
    runs: () =>
      Array.from({ length: seeds }, () => ({
        args: [vitest, 'run', '--project', 'chaos', 'test/chaos/the-story-under-fire.test.ts'],
        env: { CHAOS_SEED: String(Math.floor(Math.random() * 2 ** 31)) },
      })),
    figures: (lines) => {
      const killed = lines.flatMap((line) => /^(\d+) times: /.exec(line)?.[1] ?? [])
      const tried = lines.flatMap((line) => /^CHAOS_SEED=(\d+)$/.exec(line)?.[1] ?? [])
      return `${killed.reduce((sum, times) => sum + Number(times), 0)} kills; seeds ${[...new Set(tried)].join(', ')}`
    },
  },
  {
    name: 'trouble',
    what: `every procedure in every trouble, ${rounds} times`,
    runs: () =>
      Array.from({ length: rounds }, () => ({
        args: [vitest, 'run', '--project', 'chaos', 'test/chaos/every-procedure-in-trouble.test.ts'],
      })),
    figures: (lines) => `${lines.filter((line) => /Tests .*passed/.test(line)).length} of ${rounds} runs went through`,
  },
  {
    name: 'operations',
    what: 'from an empty server to the first case, in production mode, with two APIs and two workers',
    runs: () => [{ args: ['scripts/try-operations.ts'] }],
    figures: (lines) => lines.findLast((line) => line.includes('every step held')) ?? 'it did not get there',
  },
  {
    name: 'fuzz',
    what: `every route with every value that breaks things, and ${fuzzSeconds} s of schemathesis over the contract`,
    runs: () => [
      { args: [vitest, 'run', 'test/api/no-value-breaks-a-route.test.ts'], env: { FUZZ: 'long' } },
      {
        args: [
          'scripts/fuzz-contract.ts',
          '--seconds',
          String(fuzzSeconds),
          '--seed',
          String(Math.floor(Math.random() * 2 ** 31)),
        ],
      },
    ],
    figures: (lines) => {
      const tried = lines.flatMap((line) => /(\d+) generated, /.exec(line)?.[1] ?? [])
      return `${tried.reduce((sum, count) => sum + Number(count), 0)} requests of schemathesis`
    },
  },
]
