import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type DemoResponse,
  FALLBACK_REQUEST,
  type PackName,
  RECORDED_HOST,
  recordedResponses,
  requestLine,
} from './recording.js'

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
export async function serveDemo(pack: PackName): Promise<DemoServer> {
  const responses = recordedResponses(pack)
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
