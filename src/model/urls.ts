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

/** An address with `&` where it has the markup `&amp;` or `&#038;`, which WordPress writes also where no markup belongs. */
export const withAmpersands = (href: string): string => href.replace(/&(?:amp|#0*38);/g, '&')

/** A text that may be an address, without its user name and password, for messages. */
export const withoutUser = (text: string): string => text.replace(/(^|\/\/)[^/?#\s]*@/, '$1')

/** True for an http(s) URL. Targets of other sources, such as files, are none. */
export const isAddress = (target: string): boolean => /^https?:\/\//i.test(target)

/** Key that identifies a site: `https://www.Example.org/town/` and `http://example.org/town` both have `example.org/town/`. */
export function siteKey(siteUrl: string): string {
  const url = new URL(siteUrl)
  return `${url.host.replace(/^www\./, '')}${withSlash(url.pathname)}`
}

/** The URL with http and https, with and without `www.`. */
export function spellings(url: string): string[] {
  const rest = url.replace(/^https?:\/\/(www\.)?/, '')
  return ['https://', 'http://', 'https://www.', 'http://www.'].map(start => start + rest)
}

/** True if two URLs have the same host, except for `www.`. */
export const sameHost = (a: string, b: string): boolean => hostKey(a) === hostKey(b)
const hostKey = (url: string) => new URL(url).host.replace(/^www\./, '')

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

/** The URL without user name, password and the values of secret parameters, so that it can be stored, logged and shown. */
export function withoutSecrets(url: string): string {
  if (!URL.canParse(url)) return url
  const cleaned = new URL(url)
  const secret = [...cleaned.searchParams.keys()].filter(name => SECRET.test(name))
  if (secret.length === 0 && !cleaned.username && !cleaned.password) return url
  cleaned.username = ''
  cleaned.password = ''
  for (const name of secret) cleaned.searchParams.set(name, '')
  return cleaned.href
}
