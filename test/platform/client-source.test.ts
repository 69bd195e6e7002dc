import { describe, expect, it } from 'vitest'
import { clientSource, trustedProxiesOf } from '../../api/http/client-source.ts'
import { ConfigError, loadConfig } from '../../platform/config.ts'

const sourceOf = (remoteAddress: string | undefined, told: string | undefined, declared: string[] = []) =>
  clientSource(
    { socket: { remoteAddress }, headers: told === undefined ? {} : { 'x-forwarded-for': told } },
    trustedProxiesOf(declared),
  )

describe('the source of a request', () => {
  const proxies = ['10.0.0.1', '10.1.0.0/16', 'fd00::/8']

  it.each([
    ['who connects', '203.0.113.9', undefined, '203.0.113.9'],
    ['who connects, whatever they write', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['whom a proxy names', '10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['the last who is no proxy', '10.0.0.1', '1.2.3.4, 198.51.100.1, 10.1.2.3', '198.51.100.1'],
    ['whom a proxy on an IPv6 socket names', '::ffff:10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['without port', '10.0.0.1', '198.51.100.1:4711', '198.51.100.1'],
    ['the proxy that names nobody', '10.0.0.1', undefined, '10.0.0.1'],
    ['the proxy that writes nonsense', '10.0.0.1', '198.51.100.1, unknown', '10.0.0.1'],
    ['the network of an IPv6 address', 'fd00::1', '2001:db8:0:1:aaaa::5', '2001:db8:0:1::/64'],
    ['the same network of another address in it', 'fd00::1', '[2001:0db8::1:0:0:0:7]:443', '2001:db8:0:1::/64'],
    ['nobody known', undefined, '198.51.100.1', 'unknown'],
  ])('is %s', (_, remote, told, expected) => {
    expect(sourceOf(remote, told, proxies)).toBe(expected)
  })
})

describe('declared proxies', () => {
  const load = (JIUZHU_TRUSTED_PROXIES: string) => loadConfig({ JIUZHU_TRUSTED_PROXIES }).trustedProxies

  it('are addresses and ranges', () => {
    expect(load(' 10.0.0.1, 10.1.0.0/16,fd00::/8 ')).toEqual(['10.0.0.1', '10.1.0.0/16', 'fd00::/8'])
    expect(loadConfig({}).trustedProxies).toEqual([])
  })

  it.each(['proxy.example.cn', '10.0.0.1/33', '0.0.0.0/0', '10.0.0', '10.0.0.1/8/8', '::/0'])(
    'are never %s',
    (entry) => {
      expect(() => load(entry)).toThrow(ConfigError)
    },
  )
})
