import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { UsageError } from '../model/errors.js'
import type { Pieces } from './chunks.js'
import { writeTo } from './write-stream.js'

/** What a request is answered with. */
export interface LocalAnswer {
  status: number
  /** Media type, with its charset. */
  type: string
  /** Content-Security-Policy; absent: nothing may be loaded. */
  policy?: string
  /** Where a redirect (302) leads. */
  location?: string
  /** The browser stores the body under this name, and opens nothing. */
  download?: string
  body: Pieces
}

/** A GET request: its path, decoded, and its query. */
export interface LocalRequest {
  path: string
  query: URLSearchParams
}

export interface LocalServer {
  /** With a slash at the end. */
  url: string
  close(): Promise<void>
}

/** `send` writes the answer, so that whatever the handler has open stays open until then. */
type Handler = (request: LocalRequest, send: (answer: LocalAnswer) => Promise<void>) => Promise<void>

/**
 * Serves pages to the browser of this machine: on 127.0.0.1 only, to requests that name it as their host (a page of another site that has
 * its own name point here is refused), and only GET and HEAD. `port` 0: a free one. `failed` gets the errors of the handler.
 * @throws UsageError if the port can't be used.
 */
export async function serveLocally(
  port: number,
  handle: Handler,
  failed: (error: unknown) => void,
): Promise<LocalServer> {
  const server = createServer({ requestTimeout: 30_000 }, (request, response) => {
    // Requests that arrived before the end are not worked off after it.
    if (!server.listening) return void response.destroy()
    answer(request, response, handle).catch(error => {
      if (!response.destroyed) failed(error)
      if (response.headersSent) response.destroy()
      else end(response, 500, 'The page could not be made.')
    })
  })
  // A browser that stops reading must not keep the archive open.
  server.setTimeout(60_000)
  await listening(server, port)
  const { port: used } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${used}/`, close: () => closed(server) }
}

const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', error => reject(unusable(port, error)))
    server.listen(port, '127.0.0.1', resolve)
  })

function unusable(port: number, error: NodeJS.ErrnoException): UsageError {
  const why = error.code === 'EADDRINUSE' ? 'is in use' : 'cannot be used'
  return new UsageError(`The port ${port} ${why}.`, 'Name another one with --port, or leave it out for a free one.')
}

const closed = (server: Server): Promise<void> =>
  new Promise(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

async function answer(request: IncomingMessage, response: ServerResponse, handle: Handler): Promise<void> {
  const refused = refusal(request)
  if (refused) return end(response, ...refused)
  const address = `http://127.0.0.1${request.url ?? '/'}`
  const url = URL.canParse(address) ? new URL(address) : null
  const path = url && decoded(url.pathname)
  if (!url || path === null) return end(response, 400, 'This is no address of a page.')
  await handle({ path, query: url.searchParams }, ({ status, type, policy, location, download, body }) => {
    const headers = {
      ...{ 'Content-Type': type, ...HEADERS },
      ...(location !== undefined && { Location: location }),
      ...(download !== undefined && { 'Content-Disposition': attachment(download) }),
    }
    response.writeHead(status, {
      ...headers,
      'Content-Security-Policy': `${policy ?? NOTHING}; frame-ancestors 'none'`,
    })
    return sent(request, response, body)
  })
}

/** RFC 6266: the name in UTF-8, of which nothing can end the header. */
const attachment = (name: string): string =>
  `attachment; filename*=UTF-8''${encodeURIComponent(name.replace(/\p{Cs}/gu, '')).replace(/['()*]/g, escape)}`

async function sent(request: IncomingMessage, response: ServerResponse, body: Pieces): Promise<void> {
  if (request.method !== 'HEAD') await writeTo(response, body, async () => {})
  response.end()
}

const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'"

/** The pages are of this moment and of nobody else. */
const HEADERS: OutgoingHttpHeaders = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** Why a request is not answered; null: it is. */
function refusal({ method = '', headers, socket }: IncomingMessage): [status: number, words: string] | null {
  if (!isOwnName(headers.host ?? '', socket.localPort ?? 0)) return [421, 'This server answers to 127.0.0.1 only.']
  if (method !== 'GET' && method !== 'HEAD') return [405, 'Pages can be read only.']
  const [site, mode] = [headers['sec-fetch-site'] ?? 'none', headers['sec-fetch-mode'] ?? 'navigate']
  const isOfOthers = !['none', 'same-origin'].includes(String(site)) && mode !== 'navigate'
  return isOfOthers ? [403, 'Pages of other sites may not load these.'] : null
}

/** A name that leads to this machine may be anybody's: only the address itself, and `localhost`. */
const isOwnName = (host: string, port: number): boolean =>
  [`127.0.0.1:${port}`, `localhost:${port}`, ...(port === 80 ? ['127.0.0.1', 'localhost'] : [])].includes(host)

function end(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, {
    ...HEADERS,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Security-Policy': NOTHING,
    ...(status === 405 && { Allow: 'GET, HEAD' }),
    Connection: 'close',
  })
  response.end(`${words}\n`)
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}
