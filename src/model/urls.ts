import { ownCopy, remembered } from './remembered.js'

/** Absolute URL without user name and password; null if `href` is empty, not a URL, or not http(s). */
export function resolveUrl(href: string | undefined | null, base: string): string | null {
  if (!href?.trim()) return null
  try {
    const url = new URL(href.trim(), base)
    if (url.username || url.password) Object.assign(url, { username: '', password: '' })
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null
  } catch {
    return null
  }
}

/**
 * The absolute URL, if `href` is written as resolving would leave it, like nearly all links of WordPress; null: it has to be parsed, which
 * takes ten times as long. Source: URL Standard, host parser, path state, query state, fragment state.
 */
export function normalUrl(href: string, base: string): string | null {
  const url = href.startsWith('/') ? startOf(base, href.startsWith('//')) + href : href
  return isNormal(url) ? ownCopy(url) : null
}

/** What an address without a scheme, or without a host, has in common with its base; empty if the base has no path. */
function startOf(base: string, isWithHost: boolean): string {
  const end = isWithHost ? base.indexOf('//') : base.indexOf('/', 'https://'.length)
  return base.slice(0, Math.max(0, end))
}

/** True for an http(s) URL without user name whose `href` is the URL itself; false: it may be one. */
export function isNormal(url: string): boolean {
  const path = url.startsWith('http') ? url.indexOf('/', 'https://'.length) : -1
  return path !== -1 && isNormalOrigin(url.slice(0, path)) && isNormalPath(url.slice(path))
}

const isNormalOrigin = remembered((origin: string) => resolveUrl(`${origin}/`, origin) === `${origin}/`, 1000)

/** Plain characters, and no segment that begins with a point. */
const isNormalPath = (path: string): boolean => NORMAL_PATH.test(path) && !POINT_SEGMENT.test(path)

const NORMAL_PATH = /^\/[\w.~!$&()*+,;=:@%/?#-]*$/
const POINT_SEGMENT = /\/(?:\.|%2e)/i

/** A URL taken apart. The last ones are kept, because a page and its readers take the same ones apart many times: nobody changes them. */
export type Address = Readonly<Omit<URL, 'searchParams'>> & {
  readonly searchParams: Pick<URLSearchParams, 'get' | 'has' | 'keys' | typeof Symbol.iterator>
}

/** @throws TypeError if it is no URL. */
export const addressOf: (url: string) => Address = remembered((url: string): Address => new URL(url), 2000)

/** An address with `&` where it has the markup `&amp;` or `&#038;`, which WordPress writes also where no markup belongs. */
export const withAmpersands = (href: string): string => href.replace(/&(?:amp|#0*38);/g, '&')

/** A text that may be an address, without its user name and password, for messages. */
export const withoutUser = (text: string): string => text.replace(/(^|\/\/)[^/?#\s]*@/, '$1')

/** True for an http(s) URL. Targets of other sources, such as files, are none. */
export const isAddress = (target: string): boolean => /^https?:\/\//i.test(target)

/** What begins like `community.example/groups/`, `www.` or `localhost:8080/`: no group and no id has a slash after a name with a point. */
const WITHOUT_SCHEME = /^(?:www\.[^/\s]+\.|[^/\s:]+\.[^/\s:.]+(?::\d+)?\/|(?:localhost|127(?:\.\d+){3})(?::\d+)?\/)/i

/** The address that somebody typed as browsers take it, without `https://`; any other name unchanged. */
export const typedAddress = (name: string): string =>
  isAddress(name) || !WITHOUT_SCHEME.test(name)
    ? name
    : `${/^(?:localhost|127\.)/i.test(name) ? 'http' : 'https'}://${name}`

/** Key that identifies a site: `https://www.Example.org/town/` and `http://example.org/town` both have `example.org/town/`. */
export function siteKey(siteUrl: string): string {
  const url = addressOf(siteUrl)
  return `${url.host.replace(/^www\./, '')}${withSlash(url.pathname)}`
}

/** The URL with http and https, with and without `www.`. */
export function spellings(url: string): string[] {
  const rest = url.replace(/^https?:\/\/(www\.)?/, '')
  return ['https://', 'http://', 'https://www.', 'http://www.'].map(start => start + rest)
}

/** True if two URLs have the same host, except for `www.`. */
export const sameHost = (a: string, b: string): boolean => hostKey(a) === hostKey(b)
const hostKey = (url: string) => addressOf(url).host.replace(/^www\./, '')

/** True if the host name is this machine. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)

/** `url` with the scheme and `www.` of `reached`, the URL under which the site was reached. URLs of other hosts are returned unchanged. */
export function rebase(url: string, reached: string): string {
  if (!sameHost(url, reached)) return url
  const to = new URL(url)
  const from = new URL(reached)
  to.protocol = from.protocol
  to.host = from.host
  return to.href
}

export const withSlash = (path: string): string => (path.endsWith('/') ? path : `${path}/`)

/** Names of query parameters that may hold secrets: nonces, tokens, keys, passwords. */
const SECRET = /nonce|token|secret|passw|pwd|^auth|session|signature|^key$|^sig$|security|^code$/i

/** Only a query and what is before an @ can hold them: most URLs of a page have neither. */
const MAY_HOLD_SECRETS = /[?@]/

/** The URL without user name, password and the values of secret parameters, so that it can be stored, logged and shown. */
export function withoutSecrets(url: string): string {
  if (!MAY_HOLD_SECRETS.test(url) || !URL.canParse(url)) return url
  const cleaned = new URL(url)
  const secret = [...cleaned.searchParams.keys()].filter(name => SECRET.test(name))
  if (secret.length === 0 && !cleaned.username && !cleaned.password) return url
  cleaned.username = ''
  cleaned.password = ''
  for (const name of secret) cleaned.searchParams.set(name, '')
  return cleaned.href
}

/** A site that has another address now: its base URLs before and after the move. */
export interface SiteMove {
  from: string
  to: string
}

/** A URL in the spelling of `siteKey`: without scheme and `www.`, with a slash behind a bare host or folder. */
const keyed = (url: string): string => url.replace(/^https?:\/\/(www\.)?/i, '').replace(/^[^/?#]*(?=[?#]|$)/, '$&/')

/** What follows the base of a site in a URL, empty for the base itself; null: the URL is not below it. */
export function restBelow(url: string, site: string): string | null {
  const [whole, key] = [keyed(url), siteKey(site)]
  if (whole.startsWith(key)) return whole.slice(key.length)
  const bare = key.slice(0, -1)
  return whole.startsWith(bare) && /^[?#]|^$/.test(whole.slice(bare.length)) ? whole.slice(bare.length) : null
}

/**
 * A function that gives URLs their address after the moves. `others`: base URLs of sites that did not move: a site in a sub-directory
 * of a site that moved stays where it is. URLs of other hosts are returned unchanged.
 */
export function afterMoves(moves: readonly SiteMove[], others: readonly string[]): (url: string) => string {
  const places = [
    ...moves,
    ...moves.map(({ to }) => ({ from: to, to })),
    ...others.map(url => ({ from: url, to: url })),
  ]
  const deepestFirst = places.sort((a, b) => siteKey(b.from).length - siteKey(a.from).length)
  return url => {
    const place = isAddress(url) ? deepestFirst.find(({ from }) => restBelow(url, from) !== null) : undefined
    return place && place.from !== place.to ? withSlash(place.to) + (restBelow(url, place.from) ?? '') : url
  }
}

/**
 * The move that a redirect shows: the same page below another base. Null: it leads to another page, or within the site. `site`: base
 * URL of the site of `url`.
 */
export function moveShownBy(url: string, leadsTo: string, site: string): SiteMove | null {
  const rest = restBelow(url, site)
  if (rest === null || !leadsTo.endsWith(rest) || !URL.canParse(leadsTo)) return null
  const to = leadsTo.slice(0, leadsTo.length - rest.length)
  if (!/^https?:\/\/[^/?#]+\/([^?#]*\/)?$/.test(to) || siteKey(to) === siteKey(site)) return null
  return { from: site, to }
}
