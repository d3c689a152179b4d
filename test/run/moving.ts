import type { DemoPost, ServeOptions } from '../community/index.js'
import { town } from '../community/town.js'
import { bending } from './bent.js'
import { later, lively, type Way } from './lively.js'

/** How the old address of a community answers after it has moved. */
export interface Moving {
  way?: Way
  /** Folder of the site before and after the move; both on one host if `sameHost`. */
  from?: string
  to?: string
  status?: number
  /** Only these paths are redirected. */
  only?: RegExp
  size?: number
}

const LEGACY: Way = { name: 'page', pack: 'legacy', rest: false, via: 'page' }

/** A community at two addresses on two ports; `move()` lets the first one redirect to the second. */
export async function moving({ way = LEGACY, from = '', to = '', status = 301, only = /^/, size = 25 }: Moving = {}) {
  const community = lively(size)
  const { pack, rest } = way
  const homes = bending((body, { headers }) => body.replaceAll(HOME, `http://${headers['host']}/`))
  const next = await town({ pack, rest, basePath: to, intercept: homes }, community)
  let hasMoved = false
  const intercept: ServeOptions['intercept'] = (request, response) => {
    const { path, query } = request
    if (!hasMoved || !only.test(path)) return homes(request, response)
    const search = query.size > 0 ? `?${query}` : ''
    const rest = path.startsWith(`${from}/`) ? path.slice(from.length + 1) : path.slice(1)
    response.writeHead(status, { Location: `${next.server.url}${rest}${search}` }).end()
    return true
  }
  const old = await town({ pack, rest, basePath: from, intercept }, community)
  link(community.posts, { 6: HOME, 7: old.server.url, 8: next.server.url })
  return {
    community,
    old: old.server,
    new: next.server,
    move: () => {
      hasMoved = true
      return later(community)
    },
  }
}

/** The address under which the site is requested, as WordPress' own links have it after a move. */
const HOME = '((home))'

/** Posts that link to the site: its links may be rewritten by the move or not, and may have led to the new address before. */
function link(posts: DemoPost[], links: Record<number, string>): void {
  for (const post of posts)
    if (links[post.id]) post.html = `<p>See <a href="${links[post.id]}groups/gardeners/">the garden</a>.</p>\n`
}
