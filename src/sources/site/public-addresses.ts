import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** The code of an error: an address of a private network, which a file of a public site must not lead to. */
export const PRIVATE_ADDRESS = 'PRIVATE_ADDRESS'

/** Ranges of no public host (IANA's registries of special-purpose addresses). */
const RANGES = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/3'],
  ...['::/127', '100::/64', '2001::/23', '2001:db8::/32', '2002::/16', 'fc00::/7', 'fe80::/9', 'ff00::/8'],
]

const PRIVATE = new BlockList()
for (const range of RANGES) {
  const [network = '', bits] = range.split('/')
  PRIVATE.addSubnet(network, Number(bits), isIP(network) === 6 ? 'ipv6' : 'ipv4')
}

/** IPv6 addresses that stand for an IPv4 address: mapped ones, and those of NAT64. */
const EMBEDDED = /^(?:::ffff:|64:ff9b::)(?:(\d+\.\d+\.\d+\.\d+)|([\da-f]{1,4}):([\da-f]{1,4}))$/i

function isPublicIp(ip: string): boolean {
  const [, dotted, high, low] = EMBEDDED.exec(ip) ?? []
  if (dotted !== undefined) return isPublicIp(dotted)
  if (high !== undefined && low !== undefined) return isPublicIp(dottedOf(parseInt(high, 16), parseInt(low, 16)))
  return !PRIVATE.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4')
}

const dottedOf = (high: number, low: number): string => [high >> 8, high & 255, low >> 8, low & 255].join('.')

/** Names that only a local network knows. */
const LOCAL_NAME = /^(?:[^.]+|.*\.(?:localhost|local|internal|intranet|lan|home\.arpa))\.?$/i

/** False for an address or a name of a private network. What a name leads to is known only when it is looked up (`publicLookup`). */
export function mayBePublic(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '')
  return isIP(host) ? isPublicIp(host) : !LOCAL_NAME.test(host)
}

export const privateAddress = (host: string): Error =>
  Object.assign(new Error(`${host} is an address of a private network`), { code: PRIVATE_ADDRESS })

/** Looks a name up for a connection, and refuses it if any of its addresses is private: a name can be made to lead there. */
export const publicLookup: LookupFunction = (hostname, options, done) => {
  const all: LookupAllOptions = { ...options, all: true }
  lookup(hostname, all, (error, addresses: LookupAddress[]) => {
    if (error) return done(error, '')
    if (!addresses.every(({ address }) => isPublicIp(address))) return done(privateAddress(hostname), '')
    const [first] = addresses
    if (options.all) done(null, addresses)
    else done(null, first?.address ?? '', first?.family)
  })
}
