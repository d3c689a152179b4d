import { isAddress, sameHost } from '../../model/urls.js'
import { isLive, type LiveSource } from '../../sources/index.js'
import type { ArchiveOptions } from '../session/options.js'
import { openPublic, type SourceDeps } from '../session/source.js'

/**
 * Sources for hosts that members of a site name, such as content delivery networks: each has a pace of its own, no session, and only public
 * addresses. Their robots.txt always counts, because those who run the site cannot consent for them.
 */
export class OtherHosts {
  private readonly open = new Map<string, LiveSource | null>()
  private readonly last = new Map<string, Promise<unknown>>()

  constructor(
    private readonly options: ArchiveOptions,
    private readonly deps: SourceDeps,
  ) {}

  /** Calls `work` with the source of the URL's host, null if it is none that can be asked. One call at a time for each host. */
  async use<Result>(url: string, work: (source: LiveSource | null) => Promise<Result>): Promise<Result> {
    const { origin } = new URL(url)
    const before = this.last.get(origin) ?? Promise.resolve()
    const now = before.then(() => work(this.sourceOf(origin)))
    this.last.set(
      origin,
      now.catch(() => {}),
    )
    return now
  }

  private sourceOf(origin: string): LiveSource | null {
    const known = this.open.get(origin)
    if (known !== undefined) return known
    const source = openPublic(`${origin}/`, this.options, this.deps)
    const live = source && isLive(source) ? source : null
    this.open.set(origin, live)
    return live
  }

  async close(): Promise<void> {
    await Promise.all([...this.open.values()].map(source => source?.close()))
  }
}

/** The address to request for a stored one: relative and protocol-relative ones are of the site. Null: `data:`, `blob:` and the like. */
export function requestUrl(stored: string, site: string | null): string | null {
  const base = site !== null && isAddress(site) ? site : undefined
  if (!URL.canParse(stored, base)) return null
  const url = new URL(stored, base)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
  Object.assign(url, { hash: '', username: '', password: '' })
  return url.href
}

/**
 * True if a file belongs to the site itself, so that the session of the reader may be shown there: the same host and port (but for `www.`),
 * and not over http where the site is read over https.
 */
export const isOfSite = (url: string, site: string | null): boolean =>
  site !== null && isAddress(site) && sameHost(url, site) && !(site.startsWith('https:') && url.startsWith('http:'))
