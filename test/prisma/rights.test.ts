import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createDatabaseClient, databaseSession } from '../../platform/database-session.ts'

/** What one process may write into one table: add rows, change these columns, and, where nothing is lost by it, delete. */
type Writes = { insert?: true; remove?: true; update?: readonly string[] }

const adds: Writes = { insert: true }
const changes = (...update: string[]): Writes => ({ update })
const addsAndChanges = (...update: string[]): Writes => ({ insert: true, update })

/**
 * Every table of the archive and who may write what into it, decided here and apart from the grants. A new table, a new
 * column that is to change, a new right: each is decided in this list before the test passes again.
 */
const decided: Record<string, { api?: Writes; worker?: Writes }> = {
  place: {},
  place_name: {},
  office: {},
  jurisdiction: {},
  post: {},
  parameter: {},
  officer_relative: {},
  post_holding: { api: addsAndChanges('effectiveTo') },
  officer: { api: changes('disabledAt', 'identityIndex') },
  standing_deputy: { api: addsAndChanges('agreedAt', 'agreedBy', 'endedOn') },
  staff_proposal: { api: addsAndChanges('agreedBy', 'doneAt', 'withdrawnAt', 'withdrawnBy') },
  kept_history: { api: addsAndChanges('replacedAt') },
  sign_in_counter: { api: { insert: true, remove: true, update: ['attempts', 'endsAt'] } },
  sign_in_unlock: { api: adds },
  set_aside_item: { api: addsAndChanges('closedAt', 'closedBy'), worker: adds },
  session: { api: addsAndChanges('endedAt', 'lastSeenAt') },
  calendar_year: { api: adds },
  local_calendar_day: { api: adds },
  calendar_redating: { api: adds, worker: changes('finishedAt') },
  deployment_clock: { api: addsAndChanges('movedAt', 'offsetMs') },
  clock_move: { api: addsAndChanges('finishedAt') },
  person: { api: adds },
  person_identity: { api: adds },
  payee_account: { api: adds },
  matter: {
    api: addsAndChanges('engineId', 'engineOffsetMs', 'wakeAt'),
    worker: addsAndChanges(
      'benefitId',
      'closedAt',
      'dormant',
      'dueAt',
      'engineId',
      'engineOffsetMs',
      'forFinance',
      'outcome',
      'ownDueAt',
      'stage',
      'stageSince',
      'title',
      'version',
      'wakeAt',
    ),
  },
  matter_person: { api: addsAndChanges('nameIndex'), worker: addsAndChanges('counts', 'nameIndex', 'open') },
  matter_event: { worker: adds },
  participation: { worker: adds },
  task: {
    api: changes('assigneeId'),
    worker: addsAndChanges('assigneeId', 'capacity', 'closedAt', 'closedBy', 'closedWith', 'dueAt', 'officeId'),
  },
  deadline: {
    worker: addsAndChanges(
      'amount',
      'breachedAt',
      'calendarVersion',
      'dueAt',
      'dueOn',
      'nextRung',
      'nextRungAt',
      'ownDueAt',
      'provisional',
      'state',
      'stoppedOn',
      'waits',
    ),
  },
  deadline_move: { worker: adds },
  supervision_item: { worker: addsAndChanges('closedAt') },
  supervision_recipient: { worker: adds },
  supervision_receipt: { api: adds },
  supervision_answer: { api: adds },
  supervision_order: {
    worker: addsAndChanges('answerPaperId', 'answeredAt', 'answeredBy', 'closedAt', 'closedBy'),
  },
  absence: { api: addsAndChanges('endedOn', 'standInAgreedAt', 'standInAgreedBy') },
  hand_over: { api: addsAndChanges('cancelledAt', 'givenAt', 'list', 'listDigest', 'takenAt') },
  alarm: { api: addsAndChanges('clearedAt'), worker: addsAndChanges('clearedAt') },
  daily_round: { api: adds, worker: changes('finishedAt', 'orphans') },
  deadline_forecast: { worker: adds },
  bulletin: { worker: adds },
  request: {
    api: addsAndChanges('acknowledgedAt', 'answer', 'answeredAt', 'status'),
    worker: changes('answer', 'answeredAt', 'status'),
  },
  paper: { api: adds },
  callback: { api: adds, worker: changes('takenAs', 'takenAt') },
  audit_record: { api: adds, worker: adds },
  archive_seal: { api: adds },
  sealed_head: { api: adds },
  read_record: { api: addsAndChanges('rollUp') },
  matching_request: { worker: addsAndChanges('nextAskAt') },
  matched_fact: { worker: adds },
  benefit: { worker: adds },
  benefit_version: { worker: adds },
  benefit_member: { worker: adds },
  review_obligation: { worker: adds },
  payment_line: { worker: adds },
  payment_line_person: { worker: adds },
  payment_instruction: {
    worker: addsAndChanges('nextAskAt', 'releasedBy', 'returnReason', 'sentAt', 'settledAt', 'state'),
  },
  journal_posting: { worker: adds },
  _prisma_migrations: {},
}

/** What a process must not even read. */
const hidden: Record<string, readonly string[]> = {
  jiuzhu_worker: [
    'officer.passwordHash',
    ...['tokenHash', 'officerId', 'postId'].map((column) => `session.${column}`),
    'sign_in_counter.key',
  ],
}

let database: TestDatabase
let owner: pg.Client

beforeAll(async () => {
  database = await createTestDatabase()
  owner = createDatabaseClient(database.url)
  await owner.connect()
})

afterAll(async () => {
  await owner?.end()
  await database?.drop()
})

describe('what the processes may write', () => {
  it('is decided for every table there is', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')`,
    )
    expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(decided).sort())
  })

  it.each(['api', 'worker'] as const)('is what was decided, column by column, for the %s', async (kind) => {
    const expected = Object.entries(decided).map(([table, writes]) => [table, writtenOut(writes[kind])])
    expect(await rightsOf(`jiuzhu_${kind}`)).toEqual(Object.fromEntries(expected))
  })

  it('gives the role of former versions nothing but the rights of the two', async () => {
    const { rows } = await owner.query(
      `SELECT relname FROM pg_class, aclexplode(relacl) right_of
       WHERE relnamespace = 'public'::regnamespace AND grantee = 'jiuzhu_app'::regrole
       UNION ALL
       SELECT attname FROM pg_attribute, aclexplode(attacl) right_of WHERE grantee = 'jiuzhu_app'::regrole`,
    )
    expect(rows).toEqual([])
    expect((await owner.query(`SELECT pg_has_role('jiuzhu_app', 'jiuzhu_api', 'SET') AS may`)).rows).toEqual([
      { may: true },
    ])
  })

  it('never reaches beyond the tables: no process owns, makes or grants anything', async () => {
    const { rows } = await owner.query<{ may: boolean[] }>(
      `SELECT ARRAY[rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication,
                    has_schema_privilege(rolname, 'public', 'CREATE')] AS may
       FROM pg_roles WHERE rolname IN ('jiuzhu_api', 'jiuzhu_worker')`,
    )
    expect(rows).toHaveLength(2)
    for (const { may } of rows) expect(may).toEqual([false, false, false, false, false, false])
  })

  it.each(Object.entries(hidden))('%s does not read passwords or sessions', async (role, columns) => {
    for (const column of columns) {
      const [table, name] = column.split('.') as [string, string]
      const { rows } = await owner.query('SELECT has_column_privilege($1, $2, $3, $4) AS may', [
        role,
        `"${table}"`,
        name,
        'SELECT',
      ])
      expect([column, rows[0]]).toEqual([column, { may: false }])
    }
  })
})

describe('a password’s hash', () => {
  const hash = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$c29tZWhhc2g'

  beforeAll(() =>
    owner.query(`INSERT INTO officer (id, "staffNumber", name, "passwordHash") VALUES ('o', 'o', 'o', 'x')`),
  )

  it('is set by the counter through its own function and in no other way', async () => {
    await as('jiuzhu_api', async (client) => {
      await expect(client.query(`UPDATE officer SET "passwordHash" = $1`, [hash])).rejects.toThrow(/permission denied/)
    })
    await as('jiuzhu_api', async (client) => {
      const { rows } = await client.query(
        `SELECT set_password_hash('o', 'y', $1) AS stale, set_password_hash('o', 'x', $1) AS set, set_password_hash('p', 'x', $1) AS none`,
        [hash],
      )
      expect(rows).toEqual([{ stale: false, set: true, none: false }])
    })
    const { rows } = await owner.query(`SELECT "passwordHash" FROM officer WHERE id = 'o'`)
    expect(rows).toEqual([{ passwordHash: hash }])
  })

  it('is nothing but a hash, and nothing that a worker may set', async () => {
    await as('jiuzhu_api', async (client) => {
      await expect(client.query(`SELECT set_password_hash('o', 'x', 'secret')`)).rejects.toThrow(/not a hash/)
    })
    await as('jiuzhu_worker', async (client) => {
      await expect(client.query(`SELECT set_password_hash('o', 'x', $1)`, [hash])).rejects.toThrow(/permission denied/)
    })
  })
})

describe('the way across counties', () => {
  const ask = `SELECT * FROM counted_in_other_county('no case', 'o', 'o', 'AUDITOR', '{}', '{}')`

  it('is open to filing and not to the counter', async () => {
    await as('jiuzhu_api', async (client) => {
      await expect(client.query(ask)).rejects.toThrow(/permission denied/)
    })
    await as('jiuzhu_worker', async (client) => {
      await expect(client.query(ask)).rejects.toThrow(/no rows/)
    })
  })

  it('is all that filing may do with rights that are not its own, but for ending a benefit that the log has ended', async () => {
    const { rows } = await owner.query(
      `SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace
       AND has_function_privilege('jiuzhu_worker', oid, 'EXECUTE') ORDER BY 1`,
    )
    const ways = ['account_in_other_county', 'counted_in_other_county', 'end_benefit']
    expect(rows).toEqual(ways.map((proname) => ({ proname })))
    await as('jiuzhu_worker', async (client) => {
      await expect(client.query(`SELECT end_benefit('a case')`)).rejects.toThrow(/nobody has ended/)
    })
  })
})

describe('a table whose rows are kept', () => {
  it('is emptied by nobody, not even its owner', async () => {
    const { rows } = await owner.query<{ table: string }>(
      `SELECT DISTINCT t.tgrelid::regclass::text AS "table" FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
       WHERE p.proname = 'refuse_change' AND t.tgtype & 8 <> 0 ORDER BY 1`,
    )
    const kept = rows.map(({ table }) => table)
    expect(kept).toEqual(
      expect.arrayContaining(['staff_proposal', 'standing_deputy', 'sign_in_unlock', 'matter_event']),
    )
    // One that others refer to is refused for that too, or by their triggers: each needs its own.
    const { rows: guarded } = await owner.query<{ table: string }>(
      `SELECT DISTINCT t.tgrelid::regclass::text AS "table" FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
       WHERE p.proname = 'refuse_change' AND t.tgtype & 32 <> 0`,
    )
    const guards = new Set(guarded.map(({ table }) => table))
    expect(kept.filter((table) => !guards.has(table))).toEqual([])
    for (const table of kept) await expect(owner.query(`TRUNCATE ${table} CASCADE`), table).rejects.toThrow()
  })
})

describe('an account', () => {
  const hash = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$c29tZWhhc2g'
  const made = (
    client: pg.Client,
    id: string,
    number: string,
    given = hash,
    identity: Buffer | null = Buffer.from('i'),
  ) => client.query(`SELECT create_officer($1, $2, '新人', $3, $4) AS made`, [id, number, identity, given])
  const renewed = (client: pg.Client, id: string, given = hash) =>
    client.query(`SELECT renew_first_password($1, $2) AS renewed`, [id, given])

  it('is made by the counter through its own function and in no other way, and must change its password', async () => {
    await as('jiuzhu_api', async (client) => {
      const insert = `INSERT INTO officer (id, "staffNumber", name, "passwordHash") VALUES ('m', 'm', 'm', '')`
      await expect(client.query(insert)).rejects.toThrow(/permission denied/)
      await expect(client.query(`UPDATE officer SET "mustChangePassword" = false`)).rejects.toThrow(/permission denied/)
      expect((await made(client, 'n', 'n')).rows).toEqual([{ made: true }])
      // Neither a number nor an id that is taken.
      expect((await made(client, 'n2', 'n')).rows).toEqual([{ made: false }])
      expect((await made(client, 'n', 'n2')).rows).toEqual([{ made: false }])
      await expect(made(client, 'p', 'p', 'secret')).rejects.toThrow(/not a hash/)
      await expect(made(client, 'p', 'p', hash, null)).rejects.toThrow(/not an identity/)
    })
    const { rows } = await owner.query(`SELECT "mustChangePassword" AS due FROM officer WHERE id = 'n'`)
    expect(rows).toEqual([{ due: true }])
    await as('jiuzhu_worker', async (client) => {
      await expect(made(client, 'q', 'q')).rejects.toThrow(/permission denied/)
      await expect(renewed(client, 'n')).rejects.toThrow(/permission denied/)
    })
  })

  it('gets another first password only until its officer has chosen one', async () => {
    await as('jiuzhu_api', async (client) => {
      await expect(renewed(client, 'n', 'secret')).rejects.toThrow(/not a hash/)
      expect((await renewed(client, 'n', `${hash}x`)).rows).toEqual([{ renewed: true }])
      await client.query(`SELECT set_password_hash('n', $1, $2)`, [`${hash}x`, hash])
      expect((await renewed(client, 'n')).rows).toEqual([{ renewed: false }])
    })
  })
})

async function as(role: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(databaseSession(database.appUrl, { role }))
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

/** Every write that a role is granted, by table: whether by table or by column, and through whichever role. */
async function rightsOf(role: string) {
  const { rows } = await owner.query<{ table: string; insert: boolean; remove: boolean; update: string[] }>(
    `SELECT c.relname AS "table",
       has_table_privilege($1, c.oid, 'INSERT') AS insert,
       has_table_privilege($1, c.oid, 'DELETE') OR has_table_privilege($1, c.oid, 'TRUNCATE') AS remove,
       COALESCE((SELECT array_agg(a.attname::text ORDER BY a.attname::text) FROM pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
           AND has_column_privilege($1, c.oid, a.attnum, 'UPDATE')), ARRAY[]::text[]) AS update
     FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')`,
    [role],
  )
  return Object.fromEntries(
    rows.map(({ table, insert, remove, update }) => [table, { insert, remove, update: update.sort() }]),
  )
}

function writtenOut({
  insert = false,
  remove = false,
  update = [],
}: Partial<{ insert: boolean; remove: boolean; update: readonly string[] }> = {}) {
  return { insert, remove, update: [...update].sort() }
}
