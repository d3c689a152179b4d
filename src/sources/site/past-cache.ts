import { spelled } from '../../model/addresses.js'

/**
 * Addresses under which a page cache has no copy of a page, while WordPress gives the same nonces. First a query that nobody has used before,
 * which WordPress ignores. A cache may ignore it, too: then one more slash at the end, which WordPress cuts off, and then a page below
 * that does not exist, whose "not found" has the nonces of BuddyPress.
 */
const LOOKS: readonly ((url: URL, now: number) => void)[] = [
  (url, now) => url.searchParams.set('threadkeep', String(now)),
  url => {
    url.pathname += '/'
  },
  (url, now) => {
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/threadkeep-${now}/`
  },
]

/** Which of these addresses each site needs: one that was of no use is not requested again. */
export class PastCache {
  private readonly known = new Map<string, number>()

  /** The addresses to try for a page, in this order, with the number by which `found` knows them. */
  addresses(page: string, now: number): { look: number; url: string }[] {
    const { origin } = new URL(page)
    const known = this.known.get(origin)
    const looks = known === undefined ? [...LOOKS.keys()] : [known]
    return looks.map(look => {
      const url = new URL(page)
      LOOKS[look]?.(url, now)
      return { look, url: spelled(url) }
    })
  }

  /** Remembers the look that has brought a new nonce, or the first one if none has. */
  found(page: string, look: number | undefined): void {
    this.known.set(new URL(page).origin, look ?? 0)
  }
}
