import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { CommunityServer, DemoPost, ServeOptions } from '../community/index.js'
import { town } from '../community/town.js'
import { bending } from './bent.js'
import { later, lively, type Way } from './lively.js'

/** How the old address of a community answers after it has moved. */
export interface Moving {
  way?: Way
  /** Folder of the site before and after the move. */
  from?: string
  to?: string
  /** Both addresses are on one host: one of them needs a folder. */
  sameHost?: boolean
  status?: number
  /** Only these paths are redirected. */
  only?: RegExp
  size?: number
}

const LEGACY: Way = { name: 'page', pack: 'legacy', rest: false, via: 'page' }

/** A community at two addresses on two ports; `move()` lets the first one redirect to the second. */
export async function moving({
  way = LEGACY,
  from = '',
  to = '',
  status = 301,
  only = /^/,
  size = 25,
  sameHost = false,
}: Moving = {}) {
  const community = lively(size)
  const { pack, rest } = way
  const homes = bending((body, { headers }) => body.replaceAll(HOME, `http://${headers['host']}/`))
  const next = await town({ pack, rest, basePath: to, intercept: homes }, community)
  let hasMoved = false
  let front = ''
  const intercept: ServeOptions['intercept'] = (request, response) => {
    const { path, query } = request
    if (!hasMoved || !only.test(path)) return homes(request, response)
    const search = query.size > 0 ? `?${query}` : ''
    const rest = path.startsWith(`${from}/`) ? path.slice(from.length + 1) : path.slice(1)
    const base = front ? `http://${request.headers['host']}${to}/` : next.server.url
    response.writeHead(status, { Location: `${base}${rest}${search}` }).end()
    return true
  }
  const old = await town({ pack, rest, basePath: from, intercept }, community)
  link(community.posts, { 6: HOME, 7: old.server.url, 8: next.server.url })
  if (sameHost)
    front = await onOneHost([placeOf(from, old.server.url), placeOf(to, next.server.url)].sort(deepestFirst))
  const at = (server: CommunityServer, folder: string) => ({
    ...server,
    url: front ? `${front}${folder}/` : server.url,
  })
  return {
    community,
    old: at(old.server, from),
    new: at(next.server, to),
    move: () => {
      hasMoved = true
      return later(community)
    },
  }
}

/** Both addresses of a community on one host and port: requests go on to the town whose folder they are below, the longer one first. */
async function onOneHost(towns: readonly { folder: string; port: number }[]) {
  const front = createServer((incoming, outgoing) => {
    const { method, headers, url = '/' } = incoming
    const town = towns.find(({ folder }) => url.startsWith(`${folder}/`)) ?? towns.at(-1)
    const forward = request({ host: '127.0.0.1', port: town?.port, method, path: url, headers }, answer => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(outgoing)
    })
    forward.on('error', () => outgoing.destroy())
    incoming.pipe(forward)
  })
  await new Promise<void>(resolve => front.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>(resolve => front.close(() => resolve()) && front.closeAllConnections()))
  return `http://127.0.0.1:${(front.address() as AddressInfo).port}`
}

type Place = { folder: string; port: number }
const placeOf = (folder: string, url: string): Place => ({ folder, port: Number(new URL(url).port) })
const deepestFirst = (a: Place, b: Place) => b.folder.length - a.folder.length

/** The address under which the site is requested, as WordPress' own links have it after a move. */
const HOME = '((home))'

/** Posts that link to the site: its links may be rewritten by the move or not, and may have led to the new address before. */
function link(posts: DemoPost[], links: Record<number, string>): void {
  for (const post of posts)
    if (links[post.id]) post.html = `<p>See <a href="${links[post.id]}groups/gardeners/">the garden</a>.</p>\n`
}
