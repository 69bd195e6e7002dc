// Run after every change of dependencies: node scripts/complete-lock.mjs
// A registry that does not serve the optional packages of other platforms makes npm leave them out of the lock file,
// and `npm ci` then refuses the file everywhere. This writes the missing entries: exact version, platform taken from
// the name, no integrity (nothing was fetched that could be hashed). On this platform they are never installed.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const file = process.argv[2] ?? fileURLToPath(new URL('../package-lock.json', import.meta.url))
const lock = JSON.parse(readFileSync(file, 'utf8'))
const systems = { darwin: /darwin/, linux: /linux/, win32: /win32|windows/, freebsd: /freebsd/, android: /android/ }
const processors = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 's390x', 'riscv64', 'loong64']
const added = []

function platformOf(name) {
  const words = name.split('/').at(-1).split(/[-_]/)
  const os = Object.keys(systems).filter((system) => systems[system].test(name))
  const cpu = processors.filter(
    (processor) => words.includes(processor) || (processor === 'x64' && words.includes('amd64')),
  )
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.includes('gnu') && os[0] === 'linux'
      ? ['glibc']
      : []
  return { ...(os.length && { os }), ...(cpu.length && { cpu }), ...(libc.length && { libc }) }
}

function isLocked(owner, name) {
  for (
    let at = owner;
    ;
    at = at.includes('node_modules/') ? at.slice(0, at.lastIndexOf('node_modules/')).replace(/\/$/, '') : ''
  ) {
    if (lock.packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true
    if (at === '') return false
  }
}

for (const [owner, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    const version = /^[\^~]?(\d+\.\d+\.\d+[^ |]*)$/.exec(range)?.[1]
    if (isLocked(owner, name)) continue
    const platform = platformOf(name)
    if (!version || !(platform.os || platform.cpu)) {
      console.error(`cannot complete ${name}@${range}, wanted by ${owner || 'the project'}`)
      process.exitCode = 1
      continue
    }
    lock.packages[`node_modules/${name}`] = { version, ...platform, ...(entry.dev && { dev: true }), optional: true }
    added.push(`${name}@${version}`)
  }
}

lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
if (added.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${added.length} optional packages of other platforms added${added.length ? `: ${added.join(', ')}` : ''}`)
