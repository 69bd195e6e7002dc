import type { Logger } from 'pino'

/** The clocks of the institutions outside, as a training copy may set them. */
export type InstitutionClocks = {
  /** Sets them so far ahead of real time. What cannot be told is logged; the next move tells it again. */
  set(offsetMs: number): Promise<void>
}

const withinMs = 3_000
const attempts = 3

/**
 * The stand-ins of a training copy date what they write by the same clock as the copy itself. The address of an
 * institution that is no stand-in has no such page: it answers so, and keeps its own time.
 */
export function createInstitutionClocks({ urls, log }: { urls: readonly string[]; log: Logger }): InstitutionClocks {
  async function tell(url: string, offsetMs: number): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const trouble = await setClock(url, offsetMs)
      if (trouble === null) return
      if (attempt < attempts) continue
      log.warn({ url, trouble }, 'an institution was not told what time it is; what it dates may lie behind')
      return
    }
  }
  return {
    set: async (offsetMs) => {
      await Promise.all(urls.map((url) => tell(url, offsetMs)))
    },
  }
}

async function setClock(url: string, offsetMs: number): Promise<string | null> {
  try {
    const response = await fetch(`${url.replace(/\/+$/, '')}/sandbox/clock`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ offsetMs }),
      redirect: 'error',
      signal: AbortSignal.timeout(withinMs),
    })
    await response.body?.cancel()
    return response.ok ? null : `status ${response.status}`
  } catch (error) {
    return error instanceof Error ? error.name : 'unknown trouble'
  }
}
