import { defineConfig } from 'vitest/config'

// A journey walks through the whole stack, whose one clock it moves: journeys go one after the other.
const journeys = ['test/journeys/**/*.test.ts']
// Chaos kills servers of its own: it waits until the journeys are through.
const chaos = ['test/chaos/**/*.test.ts']
// Pure tests start at once; everything else shares one PostgreSQL and one Temporal server per run.
const pureTests = [
  'test/domain/**/*.test.ts',
  'test/contract/*.test.ts',
  'test/platform/*.test.ts',
  'test/structure.test.ts',
]

export default defineConfig({
  test: {
    // Temporal's native bridge and worker threads do not mix.
    pool: 'forks',
    // More forks than two only make every wait for the shared servers longer.
    maxWorkers: 2,
    teardownTimeout: 30_000,
    env: { TZ: 'UTC' },
    reporters: ['default', './test/support/seconds-by-project.ts'],
    // One second, the default, is too short on a busy machine; what comes about sooner is seen sooner.
    expect: { poll: { timeout: 30_000 } },
    projects: [
      // Some go through thousands of stories, which takes long when the machine is busy.
      { extends: true, test: { name: 'unit', include: pureTests, testTimeout: 60_000 } },
      {
        extends: true,
        test: {
          name: 'servers',
          include: ['test/**/*.test.ts'],
          exclude: [...pureTests, ...journeys, ...chaos],
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: journeys,
          globalSetup: ['test/support/journey-stack.ts'],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'chaos',
          include: chaos,
          globalSetup: ['test/chaos/support/calm-telling.ts'],
          sequence: { groupOrder: 1 },
          fileParallelism: false,
          testTimeout: 240_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
