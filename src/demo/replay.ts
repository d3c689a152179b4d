import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** The template pack of BuddyPress that the recorded site uses. */
export type PackName = 'nouveau' | 'legacy'
export const PACKS: readonly PackName[] = ['nouveau', 'legacy']

/** The host in all recorded URLs; a replay replaces it by its own host. */
export const RECORDED_HOST = 'demo.example'

/** The request whose response is sent to every request without a recorded response. */
export const FALLBACK_REQUEST = 'GET /nowhere/'

/** One entry of `fixtures/demo/PACK.json`. */
export interface RecordedResponse {
  /** As `requestLine` writes it. */
  request: string
  status: number
  headers: Record<string, string>
  /** The name of the body's file in `fixtures/demo`. */
  body: string
}

/** A response as the site sent it, with its body. */
type DemoResponse = Omit<RecordedResponse, 'request'>

/** `GET /groups/?page=2`, or `POST /path FIELDS`: requests with the same line get the same response. */
export const requestLine = (method: string, path: string, fields: string): string =>
  `${method} ${path} ${fields}`.trimEnd()

/** Gives the text of a file that comes with threadkeep, by its path below the package. */
type Shipped = (path: string) => string

/** The responses of the recorded site by request line. */
function recordedResponses(pack: PackName, shipped: Shipped): Map<string, DemoResponse> {
  const fileOf = (name: string): string => shipped(`fixtures/demo/${name}`)
  const recorded: RecordedResponse[] = JSON.parse(fileOf(`${pack}.json`))
  // The files hold indented JSON, which is readable; PHP, and so the site, writes it with escaped slashes and non-ASCII characters.
  const bodyIn = (name: string): string => (name.endsWith('.json') ? phpJson(fileOf(name)) : fileOf(name))
  return new Map(recorded.map(({ request, ...answer }) => [request, { ...answer, body: bodyIn(answer.body) }]))
}

const phpJson = (text: string): string =>
  JSON.stringify(JSON.parse(text))
    .replaceAll('/', '\\/')
    .replace(/[\u007f-\uffff]/g, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)

export interface DemoServer {
  /** Base URL with a slash at the end. */
  url: string
  close(): Promise<void>
}

/**
 * Serves the recorded demo community on a free port of 127.0.0.1. It is the same on any day, because it sends the recorded `Date`
 * header, from which relative dates are computed.
 * @throws Error of Node if the server cannot listen.
 */
export async function serveDemo(pack: PackName, shipped: Shipped): Promise<DemoServer> {
  const responses = recordedResponses(pack, shipped)
  const server = createServer((request, response) => {
    respond(responses, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, close: () => close(server) }
}

async function respond(
  responses: Map<string, DemoResponse>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const line = requestLine(request.method ?? 'GET', request.url ?? '/', await fieldsOf(request))
  const recorded = responses.get(line) ?? responses.get(FALLBACK_REQUEST)
  if (!recorded) throw new Error(`The recording of the demo has no response to ${FALLBACK_REQUEST}.`)
  const withOwnHost = (text: string): string => text.replaceAll(RECORDED_HOST, request.headers.host ?? RECORDED_HOST)
  const headers = Object.entries(recorded.headers).map(([name, value]) => [name, withOwnHost(value)])
  response.sendDate = false
  response.writeHead(recorded.status, Object.fromEntries(headers)).end(withOwnHost(recorded.body))
}

async function fieldsOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

/** Closes idle connections too, because they would keep the process alive until they time out. */
function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
