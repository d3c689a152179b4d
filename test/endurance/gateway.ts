import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterEach } from 'vitest'

/** A proxy between a run and the sites that a test serves on this machine. It may answer by itself, or change an answer. */

export interface Asked {
  method: string
  /** As the run wrote it: with the name of the community, which no name server knows. */
  url: URL
  headers: IncomingHttpHeaders
  body: Buffer
}

export interface Answer {
  status: number
  headers: Record<string, string>
  body: Buffer
}

/** `next` asks the site; its answer is not compressed, and has no length. */
export type Serve = (asked: Asked, response: ServerResponse, next: () => Promise<Answer>) => Promise<void>

export interface Gateway {
  /** For `http_proxy`. */
  url: string
  /** Number of requests so far. */
  readonly asked: number
}

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** `siteOf`: base address of the site that answers a request; it is served under the name that the request gives. */
export async function startGateway(siteOf: (asked: Asked) => string, serve: Serve): Promise<Gateway> {
  const agent = new Agent({ keepAlive: true })
  let count = 0
  const server = createServer((message, response) => {
    count++
    const answering = seen(message).then(asked => serve(asked, response, () => ask(agent, siteOf(asked), asked)))
    answering.catch(() => response.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    agent.destroy()
    server.close()
    server.closeAllConnections()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get asked() {
      return count
    },
  }
}

const seen = async (message: IncomingMessage): Promise<Asked> => ({
  method: message.method ?? 'GET',
  url: new URL(message.url ?? '/', `http://${message.headers.host}`),
  headers: message.headers,
  body: await buffer(message),
})

function ask(agent: Agent, site: string, { method, url, headers, body }: Asked): Promise<Answer> {
  const path = `${url.pathname}${url.search}`
  const own = { ...headers, host: url.host, 'accept-encoding': 'identity' }
  const { hostname, port } = new URL(site)
  return new Promise((resolve, reject) => {
    const sent = request({ agent, hostname, port, method, path, headers: own }, answer => {
      const { 'content-length': _length, 'transfer-encoding': _coding, connection: _hop, ...kept } = answer.headers
      const end = (bytes: Buffer) =>
        resolve({ status: answer.statusCode ?? 500, headers: kept as Answer['headers'], body: bytes })
      buffer(answer).then(end, reject)
    })
    sent.once('error', reject)
    sent.end(body)
  })
}

export function send({ status, headers, body }: Answer, response: ServerResponse): void {
  response.writeHead(status, { ...headers, 'content-length': String(body.length) }).end(body)
}
