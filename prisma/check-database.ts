import { setTimeout as sleep } from 'node:timers/promises'
import { type Archive, type Db, processRoles } from './client.ts'
import { trainingTraces } from './training-traces.ts'
import { isArchiveUnavailable } from './unavailable.ts'

/** How far the database's clock may stand from the machine's. The training clock is an offset of its own and no fault. */
const clockToleranceMs = 60_000

/** The database is not as the archive needs it: nothing may be filed in it. Says every fault, and what to do about it. */
export class DatabaseNotTrusted extends Error {
  override readonly name = 'DatabaseNotTrusted'
}

type Trust = {
  /** What the machine's clock says. */
  now?: () => Date
  /** In earnest a crash must lose nothing, and the login itself may be no way around the application's role. */
  production?: boolean
}

/**
 * Looks at what the archive takes for granted before a process begins: the clock, as filing reads it, and the settings and
 * rights of its own session.
 * @throws DatabaseNotTrusted
 */
export async function checkDatabase(db: Db, trust: Trust = {}): Promise<void> {
  const faults = [
    await faultOfClock(db, trust.now ?? (() => new Date())),
    ...(await faultsOfSettings(db)),
    ...(await faultsOfRights(db)),
    ...(trust.production === true ? await faultsInEarnest(db) : []),
  ].filter((fault) => fault !== null)
  if (faults.length === 0) return
  throw new DatabaseNotTrusted(
    ['数据库不可信任，未予启动 The database is not to be trusted; not started:', ...faults].join('\n  '),
  )
}

/** The same at a process's start, when the archive may still be coming up: waits until it answers. */
export async function checkDatabaseOnceItAnswers(
  { db }: Pick<Archive, 'db'>,
  { say, ...trust }: Trust & { say: (line: string) => void },
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await checkDatabase(db, trust)
    } catch (error) {
      if (!isArchiveUnavailable(error)) throw error
      if (attempt === 1) say('the archive does not answer yet, waiting for it')
      await sleep(1_000)
    }
  }
}

/** The question may take its time, so the answer is held against both ends of it. */
async function faultOfClock(db: Db, machine: () => Date): Promise<string | null> {
  const askedAt = machine().getTime()
  const [row] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`
  const answeredAt = machine().getTime()
  const database = (row as { now: Date }).now.getTime()
  const aheadMs = database < askedAt ? database - askedAt : Math.max(0, database - answeredAt)
  if (Math.abs(aheadMs) <= clockToleranceMs) return null
  const [zh, en] = aheadMs > 0 ? ['快', 'ahead of'] : ['慢', 'behind']
  const seconds = Math.round(Math.abs(aheadMs) / 1000)
  return (
    `数据库时钟比本机${zh}${seconds}秒（容许${clockToleranceMs / 1000}秒），请用NTP校准两台机器的时钟后重新启动。` +
    ` The database's clock is ${seconds} s ${en} this machine's (${clockToleranceMs / 1000} s are allowed): ` +
    'put both right by NTP, then start again.'
  )
}

const expectedSettings = {
  server_encoding: 'UTF8',
  client_encoding: 'UTF8',
  TimeZone: 'UTC',
  DateStyle: 'ISO, MDY',
  standard_conforming_strings: 'on',
  transaction_isolation: 'read committed',
  transaction_read_only: 'off',
  session_replication_role: 'origin',
  row_security: 'on',
} as const

async function faultsOfSettings(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string; value: string | null }[]>`
    SELECT name, current_setting(name, true) AS value FROM unnest(${Object.keys(expectedSettings)}::text[]) AS name`
  return rows.flatMap(({ name, value }) => {
    const expected = expectedSettings[name as keyof typeof expectedSettings]
    if (value === expected) return []
    return [
      `数据库设置${name}为“${value}”，应为“${expected}”。` +
        ` ${name} is "${value}" and must be "${expected}": see "Before a database is trusted" in docs/operations.md.`,
    ]
  })
}

/** A role that owns a table can switch its guards off, and one that may change a log can change the past. */
async function faultsOfRights(db: Db): Promise<string[]> {
  const [role] = await db.$queryRaw<{ name: string; almighty: boolean; owned: string[] }[]>`
    SELECT rolname AS name, rolsuper OR rolbypassrls AS almighty,
      ARRAY(SELECT c.oid::regclass::text FROM pg_class c
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND c.relnamespace = 'public'::regnamespace AND pg_has_role(r.oid, c.relowner, 'MEMBER')
        ORDER BY 1 LIMIT 5) AS owned
    FROM pg_roles r WHERE rolname = current_user`
  const { name, almighty, owned } = role as { name: string; almighty: boolean; owned: string[] }
  // Every right is a superuser's, so that nothing else need be said.
  if (almighty)
    return [tooMuch(name, '不受权限约束（SUPERUSER或BYPASSRLS）', 'is bound by no right (SUPERUSER or BYPASSRLS)')]
  const changeable = await changeableLogs(db)
  const unguarded = await unguardedTables(db)
  return [
    ...(owned.length > 0 ? [tooMuch(name, `拥有${owned.join('、')}`, `owns ${owned.join(', ')}`)] : []),
    ...(changeable.length > 0
      ? [
          tooMuch(
            name,
            `可以更改只增不改的${changeable.join('、')}`,
            `may change what is only added to: ${changeable.join(', ')}`,
          ),
        ]
      : []),
    ...(unguarded.length > 0
      ? [
          `表${unguarded.join('、')}的防改触发器已停用，请恢复。 Triggers are switched off on ${unguarded.join(', ')}: switch them on.`,
        ]
      : []),
  ]
}

function tooMuch(role: string, zh: string, en: string): string {
  return (
    `应用角色${role}${zh}，请收回后重新启动。` +
    ` The application's role ${role} ${en}: take that away (docs/operations.md), then start again.`
  )
}

/** Append-only tables are those whose trigger refuses a change, and the rights have to say the same. */
async function changeableLogs(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT c.oid::regclass::text AS name
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal AND p.proname = 'refuse_change'
      AND ((t.tgtype & 16) <> 0 AND has_any_column_privilege(c.oid, 'UPDATE')
        OR (t.tgtype & 8) <> 0 AND has_table_privilege(c.oid, 'DELETE')
        OR has_table_privilege(c.oid, 'TRUNCATE'))
    ORDER BY 1`
  return rows.map(({ name }) => name)
}

async function unguardedTables(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT DISTINCT c.oid::regclass::text AS name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal AND t.tgenabled NOT IN ('O', 'A')
    ORDER BY 1`
  return rows.map(({ name }) => name)
}

async function faultsInEarnest(db: Db): Promise<string[]> {
  const [row] = await db.$queryRaw<
    { lossy: string[]; login: string; loginOwns: boolean; others: string[]; collationMoved: boolean }[]
  >`
    SELECT ARRAY(SELECT name FROM pg_settings
        WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off' ORDER BY name) AS lossy,
      session_user::text AS login,
      (SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT FROM pg_class c WHERE c.relkind IN ('r', 'p')
        AND c.relnamespace = 'public'::regnamespace AND pg_has_role(r.oid, c.relowner, 'MEMBER'))
        FROM pg_roles r WHERE rolname = session_user) AS "loginOwns",
      ARRAY(SELECT rolname::text FROM pg_roles WHERE rolname = ANY(${Object.values(processRoles)}::text[])
        AND rolname <> current_user AND pg_has_role(session_user, oid, 'MEMBER') ORDER BY 1) AS others,
      (SELECT datcollversion IS DISTINCT FROM pg_database_collation_actual_version(oid)
        FROM pg_database WHERE datname = current_database()) AS "collationMoved"`
  const { lossy, login, loginOwns, others, collationMoved } = row as NonNullable<typeof row>
  return [
    ...(await trainingTraces(db)),
    ...(lossy.length > 0
      ? [
          `${lossy.join('、')}已关闭，断电会丢失已确认的办理。 ${lossy.join(', ')} is off: a power cut would lose what was answered as filed.`,
        ]
      : []),
    ...(loginOwns ? [tooMuch(login, '登录身份高于应用角色', 'logs in with more than the application may have')] : []),
    // A fault in one process could otherwise do the other's work as well.
    ...(!loginOwns && others.length > 0
      ? [tooMuch(login, `还可以使用${others.join('、')}的权限`, `may also take on ${others.join(', ')}`)]
      : []),
    // Unique keys over text are held by indexes in that order.
    ...(collationMoved
      ? [
          '数据库排序规则版本已变，索引可能失效，请执行REINDEX DATABASE和ALTER DATABASE … REFRESH COLLATION VERSION。' +
            ' The collation has another version than the indexes were built with: REINDEX DATABASE, then ALTER DATABASE … REFRESH COLLATION VERSION.',
        ]
      : []),
  ]
}
