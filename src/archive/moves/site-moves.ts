import type { Instant, Site } from '../../model/discussion.js'
import type { Page } from '../../model/page.js'
import { afterMoves, type SiteMove, siteKey } from '../../model/urls.js'
import type { Statements } from '../database/statements.js'

/** A move as the archive recorded it. */
interface RecordedMove extends SiteMove {
  at: Instant
}

/** Moves are events without a post, group or member. Captures keep the addresses from which they came. */
const MOVES = `SELECT at, before AS "from", after AS "to" FROM main.events WHERE kind = 'moved' AND field = 'site' ORDER BY at, id`

export const recordedMoves = (sql: Statements): RecordedMove[] => sql.rows<RecordedMove>(MOVES)

/** Each former address with the present one of its site. A site that has moved on, or back, has the address of its last move. */
export function formerAddresses(moves: readonly SiteMove[]): SiteMove[] {
  const present = new Map<string, SiteMove>()
  for (const { from, to } of moves) {
    for (const [key, former] of present) if (siteKey(former.to) === siteKey(from)) present.set(key, { ...former, to })
    present.set(siteKey(from), { from, to })
    present.delete(siteKey(to))
  }
  return [...present.values()]
}

/** Keys of a page whose values are addresses. Bodies are kept as the site sent them. */
const isAddressKey = (key: string): boolean => /url$|^(directories|mine)$/i.test(key)

/**
 * The addresses that the sites of the archive had before they moved. What a page of a former address says is stored under the present
 * one, so that a reparse of old captures gives the rows that the archive has.
 */
export class SiteMoves {
  private known: { former: readonly SiteMove[]; sites: readonly string[] } | null = null

  constructor(private readonly sql: Statements) {}

  /** Call it after a site was moved. */
  refresh(): void {
    this.known = null
  }

  /** The present address of a page. */
  url(url: string): string {
    const { former, sites } = this.addresses
    return former.length === 0 ? url : afterMoves(former, sites)(url)
  }

  site(site: Site): Site {
    const move = this.former.find(({ from }) => siteKey(from) === siteKey(site.url))
    return move ? { ...site, url: move.to } : site
  }

  /** All recorded moves, oldest first. */
  list(): RecordedMove[] {
    return recordedMoves(this.sql)
  }

  /** The recorded moves of the site with this base URL, oldest first. */
  of(site: string): RecordedMove[] {
    const keys = this.addressesOf(site).map(siteKey)
    return this.list().filter(({ to }) => keys.includes(siteKey(to)))
  }

  /** All addresses of the site with this base URL, the present one first. */
  addressesOf(site: string): string[] {
    return [site, ...this.former.filter(({ to }) => siteKey(to) === siteKey(site)).map(({ from }) => from)]
  }

  /** The page with the present address of its site, in its own URLs and in those of its links. */
  page(page: Page): Page {
    const { url } = this.site(page.site)
    const own = this.former.filter(({ to }) => siteKey(to) === siteKey(url))
    return own.length === 0 ? page : withStrings(page, isAddressKey, afterMoves(own, this.addresses.sites))
  }

  private get former(): readonly SiteMove[] {
    return this.addresses.former
  }

  private get addresses() {
    this.known ??= {
      former: formerAddresses(recordedMoves(this.sql)),
      sites: this.sql.rows<{ url: string }>('SELECT url FROM sites').map(({ url }) => url),
    }
    return this.known
  }
}

/** A copy of plain data in which `change` was applied to each string that `isWanted` accepts by its key. */
export function withStrings<Value>(
  value: Value,
  isWanted: (key: string) => boolean,
  change: (text: string) => string,
  key = '',
): Value {
  if (typeof value === 'string') return (isWanted(key) ? change(value) : value) as Value
  if (Array.isArray(value)) return value.map(one => withStrings<unknown>(one, isWanted, change, key)) as Value
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, one]) => [name, withStrings<unknown>(one, isWanted, change, name)])
  return Object.fromEntries(entries) as Value
}
