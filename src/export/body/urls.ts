import { isUnknownAddress } from '../../model/unknown-site.js'

const SAFE_SCHEME = /^(https?|mailto):/i
const SCHEME = /^[a-z][a-z0-9+.-]*:/i

/** An absolute URL that is safe in a document; null for `javascript:`, `data:` and other schemes that a browser might run. */
export function safeUrl(raw: string, base: string): string | null {
  // Browsers ignore tabs and line feeds anywhere in a URL: `java\nscript:` is a scheme, and a link with a line break works.
  const url = raw.replace(/\p{Cc}/gu, '').trim()
  if (url === '') return null
  if (SCHEME.test(url)) return SAFE_SCHEME.test(url) && URL.canParse(url) && !isUnknownAddress(url) ? url : null
  if (/^[/\\]{2}/.test(url)) return safeUrl(`https://${url.slice(2)}`, base)
  return URL.canParse(url, base) ? webUrl(new URL(url, base)) : null
}

/** The beginning of an address whose host is a number of IPv6: only there brackets are no mistake. Browsers do without its slashes. */
const IPV6_HOST = /^https?:\/*(?:[\w.~!$&()*+,;=:-]*@)?\[[\da-f:.]+\]/i

/** Where browsers take a backslash for a slash. */
const WEB_PATH = /^https?:[^?#]*/i

/** An address in which what browsers tolerate, and no standard allows, is percent-encoded: spaces, bars, a lone `%`, a second `#`. */
export function encodedUrl(url: string): string {
  const slashed = url.replace(WEB_PATH, path => path.replaceAll('\\', '/'))
  const host = IPV6_HOST.exec(slashed)?.[0] ?? ''
  const encoded = slashed
    .slice(host.length)
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(/[\s<>[\]{}\\|`"^\p{Cc}]/gu, encodeURIComponent)
    .replace(/%(?![\da-f]{2})/gi, '%25')
  const hash = encoded.indexOf('#') + 1
  return hash === 0 ? host + encoded : host + encoded.slice(0, hash) + encoded.slice(hash).replaceAll('#', '%23')
}

/** The same for markdown, where parentheses, quotes, asterisks, invisible characters and entities would end a link, or change it. */
export const destination = (url: string): string =>
  encodedUrl(url)
    .replace(/[()'*\p{Cf}]/gu, escapeCharacter)
    .replace(/&(?=#?\w+;)/g, '&amp;')

/** encodeURIComponent does not encode parentheses, quotes and asterisks. */
const escapeCharacter = (character: string): string =>
  /['()*]/.test(character) ? `%${character.charCodeAt(0).toString(16).toUpperCase()}` : encodeURIComponent(character)

const webUrl = (url: URL): string | null => (SAFE_SCHEME.test(url.href) ? url.href : null)
