import { Client, type Dispatcher, ProxyAgent } from 'undici'
import { addressOf } from '../../model/urls.js'
import type { SourceSettings } from '../source.js'
import { type ProxyOf, type ProxyServer, proxiesIn } from './proxies.js'
import { mayBePublic, privateAddress, publicLookup } from './public-addresses.js'

/** Browsers read headers of 256 KB; Node's own limit is 16 KB. */
const MAX_HEADER_BYTES = 256 * 1024

export type ConnectionSettings = Pick<SourceSettings, 'timeoutMilliseconds' | 'environment' | 'publicOnly'>

/** The connections of a site: one for each origin, directly or through the proxy that the environment names. */
export class Connections {
  private readonly open = new Map<string, Dispatcher>()
  private readonly proxyOf: ProxyOf
  private readonly limits: Client.Options
  private readonly timeout: number
  private readonly publicOnly: boolean

  /** @throws UsageError if the environment names a proxy without a valid address. */
  constructor({ timeoutMilliseconds, environment = {}, publicOnly = false }: ConnectionSettings) {
    this.publicOnly = publicOnly
    const timeout = timeoutMilliseconds
    this.timeout = timeout
    this.limits = {
      headersTimeout: timeout,
      bodyTimeout: timeout,
      keepAliveTimeout: 30_000,
      maxHeaderSize: MAX_HEADER_BYTES,
    }
    this.proxyOf = proxiesIn(environment)
  }

  /** @throws an Error with the code `PRIVATE_ADDRESS`, if only public addresses may be requested. */
  to(url: string): Dispatcher {
    if (this.publicOnly && !mayBePublic(url)) throw privateAddress(new URL(url).hostname)
    const { origin } = addressOf(url)
    const known = this.open.get(origin)
    if (known) return known
    const proxy = this.proxyOf(url)
    const made = proxy ? this.through(proxy) : this.direct(origin)
    this.open.set(origin, made)
    return made
  }

  /** No proxy is set for this URL, and any address may be requested. */
  isDirect(url: string): boolean {
    return this.proxyOf(url) === null && !this.publicOnly
  }

  async close(): Promise<void> {
    await Promise.all([...this.open.values()].map(connection => connection.destroy()))
  }

  private direct(origin: string): Dispatcher {
    const connect = { timeout: this.timeout, ...(this.publicOnly && { lookup: publicLookup }) }
    return new Client(origin, { ...this.limits, connect })
  }

  /** A plain request for http, because many proxies allow CONNECT to port 443 only; a tunnel for https. */
  private through({ url, authorization }: ProxyServer): Dispatcher {
    return new ProxyAgent({
      uri: url,
      proxyTunnel: false,
      connections: 1,
      ...(authorization ? { token: authorization } : {}),
      requestTls: { timeout: this.timeout },
      proxyTls: { timeout: this.timeout },
      clientFactory: (proxy, options) => new Client(proxy, { ...(options as Client.Options), ...this.limits }),
      factory: (origin, options) =>
        new Client(origin, { ...endingInErrors(options as Client.Options), ...this.limits }),
    })
  }
}

/**
 * Makes a tunnel that the proxy closes an error of the request. For undici a lost socket is no reason to give up: it would connect again
 * at once, for ever.
 */
function endingInErrors(options: Client.Options): Client.Options {
  const { connect } = options
  if (typeof connect !== 'function') return options
  return {
    ...options,
    connect: (to, done) =>
      connect(to, (...[error, socket]) => (error ? done(lostTunnel(error), null) : done(null, socket))),
  }
}

const lostTunnel = (error: Error & { code?: string }): Error =>
  error.code === 'UND_ERR_SOCKET' ? Object.assign(new Error(error.message), { code: 'PROXY_LOST' }) : error
