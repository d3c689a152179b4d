import type { ServeOptions } from '../community/index.js'
import { town } from '../community/town.js'
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
  const next = await town({ pack, rest, basePath: to }, community)
  let hasMoved = false
  const intercept: ServeOptions['intercept'] = ({ path, query }, response) => {
    if (!hasMoved || !only.test(path)) return false
    const search = query.size > 0 ? `?${query}` : ''
    const rest = path.startsWith(`${from}/`) ? path.slice(from.length + 1) : path.slice(1)
    response.writeHead(status, { Location: `${next.server.url}${rest}${search}` }).end()
    return true
  }
  const old = await town({ pack, rest, basePath: from, intercept }, community)
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
