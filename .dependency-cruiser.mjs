/** Packages by name, as their path under any node_modules. */
const npm = (...names) => names.map((name) => `node_modules/${name}/`)

/** Who may import what. `types` may be imported as types only; own files are always allowed. */
const table = {
  domain: { from: { path: '^domain/', pathNot: '^domain/schemas/' }, may: ['^domain/'], types: ['^domain/schemas/'] },
  'domain-schemas': { from: { path: '^domain/schemas/' }, may: ['^domain/', ...npm('zod')] },
  workflows: {
    from: { path: '^workflows/' },
    // The table of permitted acts is read by the courtesy validator, which is never replayed.
    may: [
      '^workflows/',
      '^domain/procedures/[^/]+/procedure\\.ts$',
      '^domain/matter/permission\\.ts$',
      ...npm('@temporalio/workflow'),
    ],
    types: ['^domain/(?!procedures/[^/]+/procedure\\.|matter/permission\\.)', '^activities/contract\\.ts$'],
  },
  activities: {
    from: { path: '^activities/' },
    may: [
      '^activities/',
      '^domain/',
      '^platform/',
      '^prisma/stores/',
      '^prisma/unavailable\\.ts$',
      ...npm('zod', '@temporalio/activity', '@temporalio/common'),
    ],
    types: ['^prisma/client\\.ts$'],
  },
  prisma: {
    from: { path: '^prisma/' },
    may: [
      '^prisma/',
      '^domain/',
      '^platform/',
      ...npm('@prisma/[^/]+', 'prisma', 'pg', '@types/pg', '@node-rs/argon2'),
    ],
    builtins: true,
  },
  api: {
    from: { path: '^api/' },
    may: [
      '^api/',
      '^domain/',
      '^platform/',
      '^prisma/(client|check-database|unavailable|stores/.+)\\.ts$',
      '^workflows/[^/]+/contract\\.ts$',
      '^workflows/shared/matter-contract\\.ts$',
      '^workflows/task-queues\\.ts$',
      // Any package but those that would make the counter an archive or a worker of its own.
      'node_modules/(?!@prisma/|pg/|@temporalio/(worker|workflow|activity)/)',
    ],
    builtins: true,
  },
  worker: {
    from: { path: '^worker/' },
    may: [
      '^worker/',
      '^activities/',
      '^platform/',
      '^prisma/(client|check-database)\\.ts$',
      '^workflows/task-queues\\.ts$',
      ...npm('@temporalio/worker', '@temporalio/common', 'prom-client'),
    ],
    builtins: true,
  },
  platform: {
    from: { path: '^platform/' },
    // The nouns by which what institutions send is read, as everything else that comes from outside.
    may: ['^platform/', '^domain/(vocabulary|money|schemas/nouns)\\.ts$', 'node_modules/(?!@prisma/)'],
    builtins: true,
  },
  // The institutions outside: another organisation's programs, so not even our vocabulary.
  sandbox: { from: { path: '^sandbox/' }, may: ['^sandbox/', 'node_modules/'], builtins: true },
}

const rows = Object.entries(table).flatMap(([name, { from, may, types = [], builtins = false }]) => [
  {
    name: `${name}-table`,
    comment: `Not in the table of what ${name} may import (.dependency-cruiser.mjs, docs/decisions/0011-who-imports-whom.md)`,
    severity: 'error',
    from,
    to: { pathNot: [...may, ...types], ...(builtins ? { dependencyTypesNot: ['core'] } : {}) },
  },
  ...(types.length === 0
    ? []
    : [
        {
          name: `${name}-types-only`,
          comment: `${name} may import this with "import type" only`,
          severity: 'error',
          from,
          to: { path: types, dependencyTypesNot: ['type-only'] },
        },
      ]),
])

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...rows,
    {
      name: 'generated-client-in-prisma-only',
      comment: 'Tables are known in prisma/ only; ask a store, or export the type from one',
      severity: 'error',
      from: { pathNot: '^prisma/' },
      to: { path: '^prisma/generated/' },
    },
    {
      name: 'sandbox-stays-outside',
      comment: 'The system knows the institutions by docs/contracts and over HTTP',
      severity: 'error',
      from: { pathNot: '^(sandbox|test)/' },
      to: { path: '^sandbox/' },
    },
    {
      name: 'no-test-code-in-the-system',
      severity: 'error',
      from: { pathNot: '^(test|scripts)/' },
      to: { path: '^(test|scripts)/' },
    },
    {
      name: 'no-circles',
      comment: 'Files that need each other at run time are one file, or need a third',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    // TypeScript 7 has no JavaScript API: the default parser would find no module at all and report success.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', '^prisma/generated/'] },
    exclude: { path: ['^prisma/generated/(internal|models)/'] },
  },
}
