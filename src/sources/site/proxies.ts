import { BlockList, isIP } from 'node:net'
import { UsageError } from '../../model/errors.js'
import { isAddress } from '../../model/urls.js'

/** Environment variables, as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

/** A proxy. The URL has no user name and no password. */
export interface ProxyServer {
  url: string
  /** `Proxy-Authorization`; null: none. */
  authorization: string | null
}

/** The proxy for a URL; null: the site is requested directly. */
export type ProxyOf = (url: string) => ProxyServer | null

/**
 * The proxies that the environment names, as curl reads it: `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`, in either case.
 * @throws UsageError if a proxy has no valid address.
 */
export function proxiesIn(env: Environment): ProxyOf {
  const [all, none] = [variable(env, 'all_proxy'), variable(env, 'no_proxy')]
  const http = proxyIn(variable(env, 'http_proxy') ?? all, 'HTTP_PROXY')
  const https = proxyIn(variable(env, 'https_proxy') ?? all, 'HTTPS_PROXY')
  const exceptions = (none ?? '').split(/[\s,]+/).filter(Boolean)
  return url => {
    const proxy = url.startsWith('https:') ? https : http
    return proxy && !exceptions.some(exception => isException(new URL(url), exception)) ? proxy : null
  }
}

/** The lower-case name comes first, also if it is empty: then it means no proxy. */
const variable = (env: Environment, name: string): string | undefined => env[name] ?? env[name.toUpperCase()]

function proxyIn(value: string | undefined, name: string): ProxyServer | null {
  const text = value?.trim()
  if (!text) return null
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text.replace(/^socks5?h?:/i, 'socks5:') : `http://${text}`
  const url = URL.canParse(address) ? new URL(address) : null
  if (!url?.hostname || !(isAddress(address) || url.protocol === 'socks5:'))
    throw new UsageError(
      `The proxy that --proxy or the environment (${name}) names has no valid address.`,
      `Set it to an address such as http://proxy.example:3128, or remove it: unset ${name}`,
    )
  const [user, password] = [plain(url.username), plain(url.password)]
  Object.assign(url, { username: '', password: '' })
  const authorization = user ? `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` : null
  return { url: url.href, authorization }
}

/** A name or password as its owner knows it; a `%` that begins no code stands for itself. */
const plain = (text: string): string => (/%(?![\da-f]{2})/i.test(text) ? text : decodeURIComponent(text))

/** One entry of `no_proxy`: `*`, a host with its subdomains (`example.org`, `.example.org`, `*.example.org`), `host:port`, or a range of IP addresses. */
function isException(url: URL, entry: string): boolean {
  if (entry === '*') return true
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isInRange(host, entry)) return true
  const [, name = '', port] = /^(.*?)(?::(\d+))?$/.exec(isIP(entry) === 6 ? `[${entry}]` : entry) ?? []
  const own = name
    .replace(/^\*?\./, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase()
  const ownPort = url.port || (url.protocol === 'https:' ? '443' : '80')
  return (port === undefined || port === ownPort) && own !== '' && (host === own || host.endsWith(`.${own}`))
}

/** A range such as `10.0.0.0/8`. */
function isInRange(host: string, range: string): boolean {
  const [network = '', bits] = range.split('/')
  const family = isIP(host)
  if (bits === undefined || family === 0 || isIP(network) !== family) return false
  const list = new BlockList()
  const type = family === 4 ? 'ipv4' : 'ipv6'
  const size = Number(bits)
  if (!Number.isInteger(size) || size < 0 || size > (family === 4 ? 32 : 128)) return false
  list.addSubnet(network, size, type)
  return list.check(host, type)
}
