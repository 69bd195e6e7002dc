import { once } from 'node:events'
import { createServer } from 'node:http'
import { addDays, dayOf } from '../../domain/time/plain-date.ts'
import { matchingSources } from '../../domain/vocabulary.ts'
import { stableId } from '../../platform/stable-id.ts'
import type { Archive } from '../../prisma/client.ts'
import { keepCallback } from '../../prisma/stores/matter/callbacks.ts'
import { readClock } from '../../prisma/stores/system/clock.ts'
import { countyId } from './household.ts'

/**
 * A matching centre that takes requests by its contract and calls nobody: the benchmark says itself when the sources
 * answer, so that no build waits for the sandbox.
 */
export async function openCentre(port: number): Promise<{ close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      // Asked before it is sent to: it knows of nothing.
      if (request.method === 'GET') {
        response.writeHead(404, { 'content-type': 'application/problem+json' })
        return void response.end(JSON.stringify({ code: 'NOT_KNOWN' }))
      }
      const { requestId } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { requestId: string }
      response.writeHead(202, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ requestId, state: 'RECEIVED' }))
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** The id of the request that the first filing for a case writes down. */
export const matchingRequestIdOf = (matterId: string) => stableId(matterId, 'MATCHING', 1)

/** The callbacks of a request: every source found nothing. */
export async function answersOf(archive: Archive, matterId: string) {
  const answeredAt = await readClock(archive.db)
  const requestId = matchingRequestIdOf(matterId)
  return matchingSources.map((source) => ({
    callbackId: stableId(requestId, source, 'CALLBACK'),
    requestId,
    source,
    answer: 'NONE_FOUND' as const,
    items: [],
    answeredAt,
    validUntil: addDays(dayOf(answeredAt), 90),
  }))
}

/** Keeps the answers as the counter keeps callbacks; they mean nothing until the procedure looks. */
export async function keepAnswers(archive: Archive, matterId: string): Promise<void> {
  const receivedAt = await readClock(archive.db)
  for (const body of await answersOf(archive, matterId)) {
    const kept = { source: 'MATCHING_CENTRE' as const, sourceId: body.callbackId, text: JSON.stringify(body) }
    await keepCallback(archive, { ...kept, matterId, countyId, receivedAt })
  }
}
