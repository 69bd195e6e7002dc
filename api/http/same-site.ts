import type { Request } from 'express'
import type { Config } from '../../platform/config.ts'
import { fault } from './problem.ts'

const safeMethods = ['GET', 'HEAD', 'OPTIONS']

/**
 * Refuses a request that changes something and that a browser says another site made. What sends neither header is no
 * browser, and the cookie's SameSite=Strict stands behind this.
 */
export function refuseCrossSite(request: Request, config: Pick<Config, 'environment' | 'publicUrl' | 'ports'>): void {
  if (safeMethods.includes(request.method)) return
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw fault('crossSite')
  const { origin } = request.headers
  if (origin !== undefined && !ownOrigins(config).includes(origin)) throw fault('crossSite')
}

function ownOrigins({ environment, publicUrl, ports }: Pick<Config, 'environment' | 'publicUrl' | 'ports'>): string[] {
  const own = new URL(publicUrl).origin
  return environment === 'production' ? [own] : [own, `http://localhost:${ports.api}`, `http://127.0.0.1:${ports.api}`]
}
