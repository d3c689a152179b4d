import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterFile } from '../cleanup.js'

/** What a web archive holds of one address. */
export interface Held {
  timestamp: string
  url: string
  body: string
  type?: string
  /** The server answered with a redirect to this address. */
  location?: string
}

const closed = (server: Server): Promise<void> =>
  new Promise(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

/** A web archive with the interface of the Wayback Machine, which lists one capture an answer. */
export async function webArchive(held: readonly Held[], fails = (_path: string) => false, status = 404) {
  const requests: string[] = []
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '')
    requests.push(path)
    if (fails(path)) return void response.writeHead(status).end('gone')
    const played = /^\/web\/(\d{14})id_\/(.+)$/.exec(path)
    const found = held.find(({ timestamp, url }) => timestamp === played?.[1] && url === played[2])
    if (found?.location)
      return void response.writeHead(302, { location: `/web/${found.timestamp}id_/${found.location}` }).end()
    if (found) return void response.writeHead(200, headersOf(found)).end(found.body)
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(index(new URL(request.url ?? '', 'http://x'), held))
  })
  afterFile(() => closed(server))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return { api: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, requests }
}

const headersOf = ({ type = 'text/html' }: Held) => ({
  'content-type': type,
  'x-archive-orig-content-type': `${type}; charset=UTF-8`,
  'x-archive-orig-set-cookie': 'secret=1',
  'x-archive-orig-x-auth-token': 'secret2',
  'x-archive-orig-link': '<http://gone.example/?_wpnonce=c0ffee0202>; rel="next"',
})

function index({ searchParams: query }: URL, held: readonly Held[]): string {
  const url = query.get('url') ?? ''
  const isOf = (one: Held) => (query.get('matchType') === 'prefix' ? one.url.startsWith(url) : one.url === url)
  const all = held.filter(isOf)
  const from = Number(query.get('resumeKey') ?? 0)
  const rows = all.slice(from, from + 1).map(({ timestamp, url, type = 'text/html' }) => [timestamp, url, type, 'A'])
  const more = from + 1 < all.length ? [[], [String(from + 1)]] : []
  return rows.length === 0 ? '[]' : JSON.stringify([['timestamp', 'original', 'mimetype', 'digest'], ...rows, ...more])
}
