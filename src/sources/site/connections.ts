import { Client, type Dispatcher, ProxyAgent } from 'undici'
import type { SourceSettings } from '../source.js'
import { type ProxyOf, type ProxyServer, proxiesIn } from './proxies.js'

/** Browsers read headers of 256 KB; Node's own limit is 16 KB. */
const MAX_HEADER_BYTES = 256 * 1024

/** The connections of a site: one for each origin, directly or through the proxy that the environment names. */
export class Connections {
  private readonly open = new Map<string, Dispatcher>()
  private readonly proxyOf: ProxyOf
  private readonly limits: Client.Options
  private readonly timeout: number

  /** @throws UsageError if the environment names a proxy without a valid address. */
  constructor({ timeoutMilliseconds, environment = {} }: Pick<SourceSettings, 'timeoutMilliseconds' | 'environment'>) {
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

  to(url: string): Dispatcher {
    const { origin } = new URL(url)
    const known = this.open.get(origin)
    if (known) return known
    const proxy = this.proxyOf(url)
    const made = proxy ? this.through(proxy) : this.direct(origin)
    this.open.set(origin, made)
    return made
  }

  /** No proxy is set for this URL. */
  isDirect(url: string): boolean {
    return this.proxyOf(url) === null
  }

  async close(): Promise<void> {
    await Promise.all([...this.open.values()].map(connection => connection.destroy()))
  }

  private direct(origin: string): Dispatcher {
    return new Client(origin, { ...this.limits, connect: { timeout: this.timeout } })
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
