import { setTimeout as pause } from 'node:timers/promises'

const patienceMs = 150_000
const pauseMs = 300

/**
 * Sends a request to the counter again, the very same with its Request-Id, for as long as nobody answers, the answer
 * breaks off, or the counter says 503. Any other answer is one, a 500 too. What does not go to the counter goes through
 * untouched.
 */
export function patientFetch(api: string): typeof fetch {
  const send = globalThis.fetch
  return async (input, init) => {
    const toCounter = typeof input === 'string' && input.startsWith(`${api}/api/`)
    if (!toCounter) return send(input, init)
    const giveUpAt = Date.now() + patienceMs
    for (;;) {
      const answer = await wholeAnswer(() => send(input, init))
      if (answer instanceof Response && answer.status !== 503) return answer
      if (Date.now() > giveUpAt) throw new Error(`${input} was never answered`, { cause: answer })
      await pause(pauseMs)
    }
  }
}

/** The answer with all of its body here, or why there is none. */
async function wholeAnswer(send: () => Promise<Response>): Promise<Response | Error> {
  try {
    const response = await send()
    await response.clone().arrayBuffer()
    return response
  } catch (error) {
    if (error instanceof TypeError) return error
    throw error
  }
}
