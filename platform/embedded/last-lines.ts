import { readFile } from 'node:fs/promises'

/** The end of a log file, for the message of the error it explains. */
export async function lastLines(file: string, count = 8): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.trim().split('\n').slice(-count).join('\n')
}
