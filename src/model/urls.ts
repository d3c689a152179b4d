/** Absolute URL, or null where `href` is empty, no URL, or not http(s). */
export function resolveUrl(href: string | undefined | null, base: string): string | null {
  if (!href?.trim()) return null
  try {
    const url = new URL(href.trim(), base)
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null
  } catch {
    return null
  }
}

/** `https://www.Example.org/town/` and `http://example.org/town` are one site: `example.org/town/`. */
export function siteKey(siteUrl: string): string {
  const url = new URL(siteUrl)
  return `${url.host.replace(/^www\./, '')}${withSlash(url.pathname)}`
}

/** The address with either scheme, with and without `www.`: the spellings of one site. */
export function spellings(url: string): string[] {
  const rest = url.replace(/^https?:\/\/(www\.)?/, '')
  return ['https://', 'http://', 'https://www.', 'http://www.'].map(start => start + rest)
}

/** The same host, whatever the scheme and `www.`. */
export const sameHost = (a: string, b: string): boolean => hostKey(a) === hostKey(b)
const hostKey = (url: string) => new URL(url).host.replace(/^www\./, '')

/** This very machine. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)

/** Writes `url` in the spelling (scheme, www) under which the site was reached; other hosts stay as they are. */
export function rebase(url: string, reached: string): string {
  if (!sameHost(url, reached)) return url
  const to = new URL(url)
  const from = new URL(reached)
  to.protocol = from.protocol
  to.host = from.host
  return to.href
}

export const withSlash = (path: string): string => (path.endsWith('/') ? path : `${path}/`)

/** Decoded, non-empty path segments. */
export function segments(url: string): string[] {
  return new URL(url).pathname.split('/').filter(Boolean).map(decoded)
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** URL without query and fragment. */
export function bare(url: string): string {
  const plain = new URL(url)
  plain.search = ''
  plain.hash = ''
  return plain.href
}

/** URL up to and including the segment `name`, with a closing slash; null where the path has no such segment. */
export function upTo(url: string, name: string): string | null {
  const parts = new URL(url).pathname.split('/')
  const at = parts.findIndex(part => decoded(part).toLowerCase() === name.toLowerCase())
  if (at < 0) return null
  return new URL(`${parts.slice(0, at + 1).join('/')}/`, url).href
}

/** The activity id in a permalink of any form: `/activity/p/ID/`, `/members/X/activity/ID/`; fragment ignored. */
export function activityIdOf(url: string): string | null {
  const last = segments(url).at(-1)
  return last && /^\d+$/.test(last) ? last : null
}

/** `/activity/p/ID/`, `/members/X/activity/ID/` and the like, whatever the slugs are called: a number at the end. */
export const isPermalink = (url: string): boolean => activityIdOf(url) !== null && segments(url).length > 1

/** Parameters whose values open doors, or did: nonces, tokens, keys, passwords. */
const SECRET = /nonce|token|secret|passw|pwd|^auth|session|signature|^key$|^sig$|security|^code$/i

/** An address as it may be kept, logged and shown: without user, password and the values of such parameters. */
export function withoutSecrets(url: string): string {
  if (!URL.canParse(url)) return url
  const plain = new URL(url)
  const secret = [...plain.searchParams.keys()].filter(name => SECRET.test(name))
  if (secret.length === 0 && !plain.username && !plain.password) return url
  plain.username = ''
  plain.password = ''
  for (const name of secret) plain.searchParams.set(name, '')
  return plain.href
}
