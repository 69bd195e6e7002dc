import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'

/** Whose word about the sender of a request is believed. */
export type TrustedProxies = Pick<BlockList, 'check'>

/** @param declared addresses and ranges as in JIUZHU_TRUSTED_PROXIES, checked by the configuration. */
export function trustedProxiesOf(declared: readonly string[]): TrustedProxies {
  const list = new BlockList()
  for (const entry of declared) {
    const [address, bits] = entry.split('/') as [string, string?]
    const family = familyOf(address)
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}

/**
 * Where a request comes from, for limits: the last address in the chain of senders that is no declared proxy. Whatever
 * stands before it in X-Forwarded-For was written by that sender and may be invented. Of IPv6 the network, of which one
 * sender has all addresses.
 */
export function clientSource(
  { socket, headers }: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } },
  trusted: TrustedProxies,
): string {
  let address = plain(socket.remoteAddress ?? '')
  const told = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').map(plain)
  while (isTrusted(trusted, address)) {
    const before = told.pop()
    if (before === undefined || isIP(before) === 0) break
    address = before
  }
  return isIP(address) === 6 ? networkOf(address) : address || 'unknown'
}

/** True of a request that somebody forwarded who is not declared: then all who come through them are one source. */
export function comesThroughStranger(
  { socket, headers }: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } },
  trusted: TrustedProxies,
): boolean {
  return headers['x-forwarded-for'] !== undefined && !isTrusted(trusted, plain(socket.remoteAddress ?? ''))
}

function isTrusted(trusted: TrustedProxies, address: string): boolean {
  return isIP(address) !== 0 && trusted.check(address, familyOf(address))
}

/** Without port, brackets, zone, and the form that IPv4 takes on an IPv6 socket. */
function plain(text: string): string {
  const bare = text
    .trim()
    .replace(/^\[(.*)\](?::\d+)?$/, '$1')
    .replace(/%.*$/, '')
  const withoutPort = /^\d+\.\d+\.\d+\.\d+:\d+$/.test(bare) ? bare.slice(0, bare.lastIndexOf(':')) : bare
  return withoutPort.replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase()
}

/** The first 64 bits, in one way of writing. */
function networkOf(address: string): string {
  const [head = '', tail] = address.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after]
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}
