import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { answerAjax } from './ajax-routes.js'
import { type Answer, html, type SeenRequest } from './answer.js'
import { httpDate } from './clock.js'
import type { Community } from './community.js'
import { answerPage, type PageRequest, pageRequest } from './page-routes.js'
import { answerRest, noRest } from './rest-routes.js'
import type { PackName, Site } from './site.js'
import { type View, viewOf } from './view.js'

export interface ServeOptions {
  /** Default: Nouveau, which most sites run. */
  pack?: PackName
  /** The site's clock in Unix seconds, or one moment at which it stands. Default: `DEMO_NOW`. */
  now?: number | (() => number)
  /** For a site in a sub-directory: `/town`. */
  basePath?: string
  /** Sees every request first; true means that it answered (or will) and the site must not. */
  intercept?: (request: SeenRequest, response: ServerResponse) => boolean
  /** The community is visible to members only (BuddyPress 12 and newer). */
  membersOnly?: boolean
  /** False: a plugin has taken REST away, and its address out of the pages. Default: true. */
  rest?: boolean
}

export interface CommunityServer {
  /** Base address with closing slash. */
  url: string
  /** Every request so far, in order of arrival. */
  requests: SeenRequest[]
  close(): Promise<void>
}

/** Some moment after the last post of the demo, so that its relative dates never change. */
export const DEMO_NOW = Date.UTC(2026, 5, 15, 12) / 1000

interface Running {
  options: ServeOptions
  basePath: string
  community: Community
  requests: SeenRequest[]
  view(): View
}

/** Serves a community on a free port of 127.0.0.1, as a BuddyPress site would. */
export async function serveCommunity(community: Community, options: ServeOptions = {}): Promise<CommunityServer> {
  const basePath = (options.basePath ?? '').replace(/\/+$/, '')
  const running: Running = { options, basePath, community, requests: [], view: latestView(community) }
  // A caller who hangs up half-way, or a request that makes no sense, must not end the process that serves it.
  const server = createServer((request, response) => {
    handle(running, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}${basePath}/`, requests: running.requests, close: () => close(server) }
}

/** Waiting for idle connections to time out would hold a test for seconds, so they are cut. */
function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** Built anew when somebody changed the community; looking at its size and last row is cheap, and enough for tests. */
function latestView(community: Community): () => View {
  let known: unknown[] = []
  let view = viewOf(community)
  return () => {
    const { groups, members, posts } = community
    const state = [groups, members, posts, groups.length, members.length, posts.length]
    if (state.some((part, index) => part !== known[index])) view = viewOf(community)
    known = state
    return view
  }
}

async function handle(running: Running, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const request = await seen(message)
  running.requests.push(request)
  response.sendDate = false
  response.setHeader('Date', httpDate(clock(running.options)))
  if (running.options.intercept?.(request, response)) return
  send(request, response, answer(running, request))
}

const clock = ({ now = DEMO_NOW }: ServeOptions): number => Math.floor(typeof now === 'number' ? now : now())

async function seen(message: IncomingMessage): Promise<SeenRequest> {
  const at = performance.now()
  const url = new URL(message.url ?? '/', 'http://127.0.0.1')
  const entries = Object.entries(message.headers).map(([name, value]) => [name, String(value ?? '')])
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    form: Object.fromEntries(new URLSearchParams(await bodyOf(message))),
    referer: message.headers.referer ?? null,
    headers: Object.fromEntries(entries),
    at,
  }
}

async function bodyOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function answer(running: Running, request: SeenRequest): Answer {
  const { basePath, options, community } = running
  const inside = request.path.startsWith(`${basePath}/`) || request.path === basePath
  if (!inside) return html('<!doctype html>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n', 404)
  const url = `http://${request.headers['host'] ?? '127.0.0.1'}${basePath}/`
  const pack = options.pack ?? 'nouveau'
  const rest = options.rest ?? true
  const site: Site = { community, view: running.view(), pack, url, now: clock(options), rest }
  const wanted = pageRequest(request.path.slice(basePath.length), request)
  const membersOnly = options.membersOnly ?? false
  if (wanted.path === 'wp-admin/admin-ajax.php') return answerAjax(site, request, membersOnly)
  const call = restCall(wanted)
  if (call) return rest ? answerRest(site, call, membersOnly) : noRest()
  return answerPage(site, wanted, membersOnly)
}

/** `/wp-json/…`, or `/?rest_route=/…`, which works without pretty permalinks, too. */
function restCall(wanted: PageRequest): PageRequest | null {
  const route = wanted.query.get('rest_route')
  const path = route === null ? wanted.path : `wp-json/${route.replace(/^\//, '')}`.replace(/\/$/, '')
  return path === 'wp-json' || path.startsWith('wp-json/') ? { ...wanted, path } : null
}

function send(request: SeenRequest, response: ServerResponse, given: Answer): void {
  const zip = given.body.length > 0 && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
  const body = zip ? gzipSync(given.body) : Buffer.from(given.body)
  const coding = zip ? { 'Content-Encoding': 'gzip' } : {}
  response.writeHead(given.status, {
    ...given.headers,
    ...coding,
    Vary: 'Accept-Encoding',
    'Content-Length': body.length,
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}
