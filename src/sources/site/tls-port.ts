import { isIP } from 'node:net'
import { connect } from 'node:tls'
import { errorCode } from '../../model/thrown.js'
import { addressOf } from '../../model/urls.js'

/** The code of an error: an http address leads to a port that speaks https only. */
export const TLS_PORT = 'TLS_PORT'

/** Longest duration of the handshake that asks a port whether it speaks TLS, in milliseconds. */
const MAX_MILLISECONDS = 5000

interface Answer {
  status: number
  body: Uint8Array
}

/** Recognises ports that speak https only by the first response to a request by http: no later attempt can succeed there. */
export class TlsPorts {
  /** Origins that were requested by http, and whether they speak https only. */
  private readonly asked = new Map<string, boolean>()

  /** `isDirect`: no proxy is set for a URL, so that a handshake may be made. */
  constructor(private readonly isDirect: (url: string) => boolean) {}

  /** The response of an exchange. @throws the error of the exchange; one with the code `TLS_PORT` if the port speaks https only. */
  async checked<Response extends Answer>(url: string, exchange: () => Promise<Response>): Promise<Response> {
    const { origin, protocol } = addressOf(url)
    if (protocol !== 'http:') return exchange()
    if (this.asked.get(origin)) throw tlsPort()
    const [response, error] = await exchange().then(
      good => [good, null] as const,
      (bad: unknown) => [null, bad] as const,
    )
    const isTlsPort =
      saysTlsPort(response) || (!this.asked.has(origin) && isUnclear(response, error) && (await this.speaksTls(url)))
    this.asked.set(origin, isTlsPort)
    if (isTlsPort) throw tlsPort()
    if (response === null) throw error
    return response
  }

  /** Never asked around a proxy that is set. */
  private async speaksTls(url: string): Promise<boolean> {
    return this.isDirect(url) && handshake(url)
  }
}

/** A server with a response for this case says so itself. */
const saysTlsPort = (response: Answer | null): boolean =>
  response?.status === 400 && SAYS_SO.test(new TextDecoder().decode(response.body))

/** Other servers close the connection, send a TLS alert, or respond with HTTP 400 in other words. */
const isUnclear = (response: Answer | null, error: unknown): boolean =>
  response ? response.status === 400 : /^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET$|HPE_)/.test(errorCode(error))

const tlsPort = (): Error => Object.assign(new Error('TLS port'), { code: TLS_PORT })

/** The words of nginx, Apache, and Go (Caddy, Traefik). */
const SAYS_SO = /plain HTTP request was sent to HTTPS port|plain HTTP to an SSL|HTTP request to an HTTPS server/i

/** Makes a TLS handshake, and requests nothing. An alert is an answer in TLS, too. */
function handshake(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url)
  const host = hostname.replace(/^\[|\]$/g, '')
  const servername = isIP(host) ? undefined : host
  return new Promise(resolve => {
    const to = { host, port: Number(port || 80), ...(servername && { servername }), rejectUnauthorized: false }
    const socket = connect({ ...to, timeout: MAX_MILLISECONDS })
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket
      .once('secureConnect', () => end(true))
      .once('timeout', () => end(false))
      .once('close', () => end(false))
    socket.on('error', ({ code = '' }: NodeJS.ErrnoException) => end(/^ERR_SSL_.*ALERT/.test(code)))
  })
}
