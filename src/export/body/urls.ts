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

/** Percent-encodes the characters that end a markdown link or a table cell: parentheses, spaces, angle brackets, bars, entities. */
export const destination = (url: string): string =>
  url
    .replace(/\p{Cs}/gu, '\uFFFD')
    .replace(/[\s<>()[\]{}\\|`"^'*\p{Cc}\p{Cf}]/gu, escapeCharacter)
    .replace(/%(?![\da-f]{2})/gi, '%25')
    .replace(/&(?=#?\w+;)/g, '&amp;')

/** encodeURIComponent does not encode parentheses, quotes and asterisks. */
const escapeCharacter = (character: string): string =>
  /['()*]/.test(character) ? `%${character.charCodeAt(0).toString(16).toUpperCase()}` : encodeURIComponent(character)

const webUrl = (url: URL): string | null => (SAFE_SCHEME.test(url.href) ? url.href : null)
