#!/usr/bin/env node
// Stands in for Prisma's native schema engine, which the CLI would download from a host many office networks block.
// It speaks the same line-by-line JSON-RPC on stdin and stdout and lets Prisma's own WASM build of the engine do the
// work over adapter-pg. The adapter was not made for migrations; four of its habits are corrected below (1 to 4).
// It touches the adapter's internals: run test/platform/migrate.test.ts after every Prisma update.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { pinnedOptions } from '../platform/database-session.ts'

const args = process.argv.slice(2)
const valuesOf = (flag) => args.flatMap((arg, at) => (arg === flag ? [args[at + 1]] : []))
const [datasource] = valuesOf('--datasource').map((text) => JSON.parse(text))
const url = datasource?.url ? new URL(datasource.url) : undefined

// 1. pg lets a connection string win over `database`, so the adapter's "shadow" database would be the real one.
//    Hence separate fields, never a connection string.
function connection(database = decodeURIComponent(url.pathname.slice(1))) {
  const sslMode = url.searchParams.get('sslmode') ?? 'disable'
  return {
    host: url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database,
    options: pinnedOptions(),
    ...(sslMode === 'disable' ? {} : { ssl: { rejectUnauthorized: sslMode !== 'require' } }),
  }
}

async function withClient(database, act) {
  const client = new pg.Client(connection(database))
  await client.connect()
  try {
    return await act(client)
  } finally {
    await client.end()
  }
}

class AdapterFactory extends PrismaPg {
  constructor() {
    super(connection(), { schema: url.searchParams.get('schema') ?? undefined })
  }

  async connect() {
    return correctAdapter(await super.connect())
  }

  // 2. The adapter drops its shadow database while its own pool still holds it: close first, then drop.
  async connectToShadowDb() {
    const name = `prisma_migrate_shadow_db_${randomUUID()}`
    await withClient('postgres', (client) => client.query(`CREATE DATABASE "${name}"`))
    const adapter = correctAdapter(await new PrismaPg(connection(name)).connect())
    const close = adapter.dispose.bind(adapter)
    adapter.dispose = async () => {
      await close()
      await withClient('postgres', (client) => client.query(`DROP DATABASE "${name}" WITH (FORCE)`))
    }
    return adapter
  }
}

const corrected = new WeakSet()

function correctAdapter(adapter) {
  const adapterClass = Object.getPrototypeOf(adapter)
  if (corrected.has(adapterClass)) return adapter
  corrected.add(adapterClass)

  // 3. The adapter cuts scripts at every semicolon, which breaks function bodies and loses atomicity. One simple query
  //    is one implicit transaction, as with the native engine.
  adapterClass.executeScript = async function (script) {
    try {
      await this.client.query(script)
    } catch (error) {
      this.onError(error)
    }
  }

  // 4. The adapter has no type for "char", which the catalogue queries return: pass it as text, declare it as character.
  const queryClass = Object.getPrototypeOf(adapterClass)
  const { performIO, queryRaw } = queryClass
  const [charOid, textOid, characterColumn] = [18, 25, 6]
  const charColumns = new WeakMap()
  queryClass.performIO = async function (query) {
    const result = await performIO.call(this, query)
    const isChar = (result.fields ?? []).map((field) => field.dataTypeID === charOid)
    if (!isChar.includes(true)) return result
    charColumns.set(result.rows, isChar)
    const fields = result.fields.map((field, at) => (isChar[at] ? { ...field, dataTypeID: textOid } : field))
    return { ...result, rows: result.rows, fields }
  }
  queryClass.queryRaw = async function (query) {
    const result = await queryRaw.call(this, query)
    const isChar = charColumns.get(result.rows)
    if (isChar) result.columnTypes = result.columnTypes.map((type, at) => (isChar[at] ? characterColumn : type))
    return result
  }
  return adapter
}

async function openEngine() {
  // The engine connects before it reads its task, even for one that compares two files.
  if (!url) throw new Error('DATABASE_URL is not set; this Prisma command needs a database it can reach')
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => log('ERROR', { message }) }
  const require = createRequire(import.meta.url)
  const folder = path.dirname(require.resolve('@prisma/schema-engine-wasm'))
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const program = readFileSync(path.join(folder, 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(program, { './schema_engine_bg.js': glue })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  const datamodels = valuesOf('--datamodels').map((file) => [file, readFileSync(file, 'utf8')])
  return glue.SchemaEngine.new(
    { datamodels: datamodels.length > 0 ? datamodels : undefined },
    () => {},
    bindMigrationAwareSqlAdapterFactory(new AdapterFactory()),
  )
}

// The CLI asks two questions as plain commands and reads the answer from exit code and log line.
async function answerCommand() {
  const name = decodeURIComponent(url.pathname.slice(1))
  try {
    if (args.includes('create-database')) {
      await withClient('postgres', (client) => client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`))
    } else {
      await withClient(name, async () => {})
    }
    process.exit(0)
  } catch (error) {
    const unknownDatabase = error.code === '3D000'
    log('INFO', { message: 'start' })
    log('ERROR', { message: error.message, error_code: unknownDatabase ? 'P1003' : 'P1001' })
    process.exit(1)
  }
}

async function answerRequests() {
  let engine
  for await (const line of createInterface({ input: process.stdin })) {
    const request = line.trim() ? JSON.parse(line) : {}
    if (!request.method) continue
    try {
      engine ??= await openEngine()
      const method = request.method === 'getDatabaseVersion' ? 'version' : request.method
      const result = await engine[method](request.params)
      if (method === 'diff' && typeof result?.stdout === 'string') {
        send({ id: -1, method: 'print', params: { content: result.stdout } })
      }
      send({ id: request.id, result: result ?? null })
    } catch (error) {
      const data = { is_panic: false, message: error?.message ?? String(error), meta: error?.meta ?? null }
      const message = 'An error happened. Check the data field for details.'
      send({ id: request.id, error: { code: 4466, message, data: { ...data, error_code: error?.code ?? null } } })
    }
  }
  process.exit(0)
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
}

function log(level, fields) {
  const entry = { timestamp: new Date().toISOString(), target: 'schema_engine::logger', level, fields }
  process.stderr.write(`${JSON.stringify(entry)}\n`)
}

if (args[0] === '--version') {
  console.log('schema-engine-cli wasm')
} else if (args.includes('can-connect-to-database') || args.includes('create-database')) {
  await answerCommand()
} else {
  await answerRequests()
}
