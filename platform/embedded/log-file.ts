import { chmod, type FileHandle, mkdir, open } from 'node:fs/promises'
import path from 'node:path'

/**
 * Opens a log to be added to. Nobody else on the machine reads it: a database writes statements into its log, with what is
 * in them. A folder or file that an earlier version left open to all is closed.
 */
export async function openLogFile(logFile: string): Promise<FileHandle> {
  const folder = path.dirname(logFile)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
  const log = await open(logFile, 'a', 0o600)
  await log.chmod(0o600)
  return log
}
