import { promisify } from 'node:util'
import express, { type Request, type Response } from 'express'
import { isBeyondMeasure } from './json-shape.ts'
import { fault } from './problem.ts'
import type { BodyDeadlines, Route } from './route.ts'

const mostJsonBytes = 1024 * 1024

/** Ten megabytes over a village's line of a megabit take eighty seconds; a form is there in a moment. */
export const usualBodyDeadlines: BodyDeadlines = { formMs: 30_000, fileMs: 120_000 }

/**
 * Reads what a route takes: bytes as they are, or JSON. @throws for another type, a body too large, too slow or
 * compressed, and JSON that is none or is beyond measure.
 */
export async function readBody(
  route: Route,
  request: Request,
  response: Response,
  deadlines: BodyDeadlines,
): Promise<void> {
  if (route.method === 'get') return
  const { accepts } = route
  if (accepts !== undefined) {
    if (accepts.types.length > 0 && !request.is([...accepts.types])) throw fault('mediaTypeNotAccepted')
    const limits = { most: accepts.mostBytes, withinMs: deadlines.fileMs }
    await readBytes(request, response, limits).catch((error: unknown) => {
      throw accepts.types.length > 0 && isTooLarge(error) ? fault('fileTooLarge') : error
    })
  } else if (route.body !== undefined) {
    if (request.is('json') === false) throw fault('mediaTypeNotAccepted')
    await readBytes(request, response, { most: mostJsonBytes, withinMs: deadlines.formMs })
    request.body = parseJson(request.body)
  }
}

function isTooLarge(error: unknown): boolean {
  return (error as { type?: unknown } | null)?.type === 'entity.too.large'
}

async function readBytes(
  request: Request,
  response: Response,
  { most, withinMs }: { most: number; withinMs: number },
): Promise<void> {
  // Compressed bodies are not taken: a few kilobytes could unpack to anything.
  const read = promisify(express.raw({ limit: most, type: () => true, inflate: false }))
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(fault('bodyTooSlow')), withinMs)
  try {
    await Promise.race([read(request, response), late.promise])
  } finally {
    clearTimeout(timer)
  }
}

function parseJson(body: unknown): unknown {
  if (!Buffer.isBuffer(body) || body.length === 0) return {}
  if (isBeyondMeasure(body)) throw fault('bodyBeyondMeasure')
  const read = parse(body)
  if (typeof read !== 'object' || read === null) throw fault('bodyNotJson')
  return read
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw fault('bodyNotJson')
  }
}
