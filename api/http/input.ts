import type { Request } from 'express'
import type { z } from 'zod'
import type { Fault } from './nouns.ts'
import { fault, inputFault, mostFaults } from './problem.ts'
import type { Ask, Route } from './route.ts'

/** Reads path, query and body by the route's schemas. @throws with every fault of query and body at once. */
export async function inputOf(route: Route, request: Request, ask: Ask): Promise<Ask> {
  const params = route.params?.safeParse(request.params)
  // A path that cannot be is a path where nothing is.
  if (params && !params.success) throw fault('notFound')
  const query = route.query?.safeParse(request.query)
  const body = route.accepts === undefined ? route.body?.safeParse(request.body ?? {}) : undefined
  const known = { ...ask, params: params?.data, query: query?.data, body: request.body as unknown }
  const faults = [query, body].flatMap((read) => (read?.error ? faultsOf(read.error) : []))
  // What only the archive can find is looked for where it can be told from the search.
  if (query?.error === undefined) faults.push(...((await route.faults?.(known)) ?? []))
  if (faults.length > 0) throw inputFault(faults)
  return { ...known, body: body === undefined ? known.body : body.data }
}

/** One fault for every thing that is wrong, up to what is told at once; a field that nobody asked for is named itself. */
export function faultsOf(error: z.core.$ZodError): Fault[] {
  const faults: Fault[] = []
  for (const issue of error.issues) {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
    if (issue.code !== 'unrecognized_keys') faults.push({ path, message: issue.message })
    else
      for (const key of issue.keys.slice(0, mostFaults))
        faults.push({ path: [...path, key], message: '不能填写此字段。' })
    if (faults.length >= mostFaults) break
  }
  return faults
}
